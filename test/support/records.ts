/** A record of AddUserToGroup as CloudTrail writes it, with what a test wants different. */
export function addUserToGroup(different: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    eventVersion: '1.11',
    userIdentity: {
      type: 'AssumedRole',
      principalId: 'AROAEXAMPLEID:alice@example.com',
      arn: 'arn:aws:sts::111122223333:assumed-role/Admin/alice@example.com',
      accountId: '111122223333',
      accessKeyId: 'ASIAEXAMPLE01',
      sessionContext: {
        sessionIssuer: { type: 'Role', userName: 'Admin', arn: 'arn:aws:iam::111122223333:role/Admin' },
        webIdFederationData: {},
        attributes: { creationDate: '2026-11-24T02:58:01Z', mfaAuthenticated: 'true' },
      },
    },
    eventTime: '2026-11-24T03:27:23Z',
    eventSource: 'iam.amazonaws.com',
    eventName: 'AddUserToGroup',
    awsRegion: 'us-east-1',
    sourceIPAddress: '198.51.100.7',
    userAgent: 'aws-cli/2.17.0',
    requestParameters: { userName: 'bob', groupName: 'admins' },
    responseElements: null,
    requestID: '5eda3a85-0000-4c5f-8d0a-000000000001',
    eventID: 'ba779bda-0000-4000-8501-000000000001',
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: '111122223333',
    eventCategory: 'Management',
    ...different,
  };
}
