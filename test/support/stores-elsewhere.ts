import { afterAll } from '@jest/globals';
import { removeStores } from './stores.js';

afterAll(removeStores);
