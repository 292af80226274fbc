import { cedarAgreesOn } from './cedar-agrees.js';

cedarAgreesOn(100_000, 'mutated');
