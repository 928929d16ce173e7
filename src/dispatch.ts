import type { Accounts } from './accounts.ts';
import type { Crew, Handlers } from './crew.ts';
import { lookUpIn } from './look-up-in.ts';
import type { Storage } from './ports/storage.ts';

type Doing = Pick<Crew, 'respond' | 'mayDecide' | 'askAnswer' | 'lookUp' | 'askPerson' | 'answerQuestion'>;

/** Gives what people want, and jobs, to the crew of the account that they are about. */
export function dispatch(
  accounts: Accounts,
  { alerts, responses }: Pick<Storage, 'alerts' | 'responses'>,
): Doing & { jobs: ReturnType<Crew['jobs']> } {
  const { crewOf } = accounts;
  /** By an alert's or a request's id, alone or with more behind a bar; what is about neither belongs to no account. */
  async function crewAbout(subject: string): Promise<Crew> {
    const [id = ''] = subject.split('|');
    const about = id.startsWith('RS-') ? await responses.find(id) : await alerts.find(id);
    return crewOf(about?.account);
  }
  const handing = (handlers: Handlers, group: number): Handlers =>
    Object.fromEntries(
      Object.keys(handlers).map((kind) => [
        kind,
        async (job, signal) => {
          const handler = (await crewAbout(job.subject)).jobs()[group]?.[kind];
          if (!handler) throw new Error(`nobody does jobs of the kind ${kind}`);
          return handler(job, signal);
        },
      ]),
    );
  const [responding, facts, lookUps] = crewOf(undefined).jobs();
  return {
    respond: async (wish) =>
      (await crewAbout(wish.do === 'request' ? wish.alertId : wish.requestId)).respond(wish),
    mayDecide: async (question) => (await crewAbout(question.requestId)).mayDecide(question),
    askAnswer: async (wish) => (await crewAbout(wish.alertId)).askAnswer(wish),
    lookUp: lookUpIn(accounts, alerts),
    askPerson: async (wish) => (await crewAbout(wish.alertId)).askPerson(wish),
    answerQuestion: (wish) => crewOf(undefined).answerQuestion(wish),
    jobs: [handing(responding, 0), handing(facts, 1), handing(lookUps, 2)],
  };
}
