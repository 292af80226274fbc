import 'reflect-metadata';
import './kernel/event-store/eventstoredb/quiet-client.js';
import { keepToOwner } from './kernel/privacy/owner-only.js';
import { serve } from './server/serve.js';

keepToOwner();
await serve(process.env);
