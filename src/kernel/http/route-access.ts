import { SetMetadata } from '@nestjs/common';

/** What of a person an answer shows. */
export type Shown = 'NAME' | 'STATE' | 'FREE_TEXT' | 'IDENTITY';

/** What a route lets its caller do, and to whom: what decides whether she may, and what is written down of it. */
export interface RouteAccess {
  /** The action, as the table of access names it. */
  readonly row: string;
  /** Actions besides, each of which must be allowed too: of an answer that is put together from several. */
  readonly also?: readonly string[];
  /**
   * What the call is about; its id stands in the path, or in the query or the body where the path has none. Which words
   * there are, who decides on calls knows.
   */
  readonly about: string;
  readonly act: 'READ' | 'SEARCH' | 'LIST' | 'EXPORT' | 'PRINT' | 'WRITE' | 'BREAK_GLASS' | 'LOGIN' | 'NONE';
  /** Empty for answers without any person's data. */
  readonly shows: readonly Shown[];
  /** The type of entry that it records, of a step. */
  readonly records?: string;
}

const ROUTE_ACCESS = 'route-access';

/** Declares what a route is; the server does not start with one that says nothing. */
export function Access(access: RouteAccess): MethodDecorator {
  return SetMetadata(ROUTE_ACCESS, access);
}

/** What a handler was declared to be. */
export function accessOf(handler: object): RouteAccess | undefined {
  return Reflect.getMetadata(ROUTE_ACCESS, handler) as RouteAccess | undefined;
}
