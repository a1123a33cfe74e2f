import { readConfig, run } from '@hengji/host';
import { compose } from './compose';
import { CONFIG } from './config';

void run(compose(readConfig(CONFIG)));
