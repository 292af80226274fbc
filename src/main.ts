import 'reflect-metadata';
import { keepToOwner } from './kernel/privacy/owner-only.js';
import { serve } from './server/serve.js';

keepToOwner();
await serve(process.env);
