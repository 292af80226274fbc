import { cedarAgreesOn } from './cedar-agrees.js';

cedarAgreesOn(5_000, 'as it is');
