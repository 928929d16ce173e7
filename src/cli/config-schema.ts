import { configFileSchema } from '../config-file.ts';
import { print } from './print.ts';

/** `npm run config-schema`: the JSON Schema of CONFIG_FILE, for editors. */
print(`${JSON.stringify(configFileSchema(), null, 2)}\n`);
