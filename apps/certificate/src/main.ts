import { readConfig, run } from '@hengji/host';
import { compose } from './compose';
import { CONFIG } from './config';
import { rebuildCopies } from './rebuild';

const config = readConfig(CONFIG);
void (process.argv[2] === 'rebuild' ? rebuildCopies(config) : run(compose(config)));
