import { Injectable, type OnModuleInit, RequestMethod } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { accessOf, type RouteAccess } from './route-access.js';

/** A handler of the server: where it answers, and what it was declared to be. */
export interface HandledRoute {
  readonly method: string;
  /** As declared, without the prefix of the API. */
  readonly path: string;
  /** Class and method, for messages. */
  readonly handler: string;
  readonly access: RouteAccess | undefined;
}

/** All routes that handlers answer. None may be without its {@link RouteAccess}: nobody could say who may call it. */
@Injectable()
export class DeclaredRoutes implements OnModuleInit {
  private actions: ReadonlyMap<string, string> | undefined;

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  /** @throws Error naming the handlers that do not say what they are */
  onModuleInit(): void {
    const silent = this.all().filter(({ access }) => access === undefined);
    if (silent.length > 0)
      throw new Error(`without @Access nobody knows who may call ${silent.map(({ handler }) => handler).join(', ')}`);
  }

  /** By the type of an entry the action of the step that records it. */
  actionsByType(): ReadonlyMap<string, string> {
    this.actions ??= new Map(
      this.all().flatMap(({ access }) =>
        access?.records === undefined ? [] : [[access.records, access.row] as const],
      ),
    );
    return this.actions;
  }

  all(): HandledRoute[] {
    return this.discovery.getControllers().flatMap(({ metatype, instance }) => {
      const prototype = Object.getPrototypeOf(instance) as Record<string, object>;
      return this.scanner.getAllMethodNames(prototype).flatMap((name): HandledRoute[] => {
        const handler = prototype[name];
        const method = handler && (Reflect.getMetadata('method', handler) as RequestMethod | undefined);
        if (!handler || !metatype || method === undefined) return [];
        const parts = [metatype, handler].map((one) => String(Reflect.getMetadata('path', one) ?? ''));
        return [
          {
            method: RequestMethod[method],
            path: parts
              .map((part) => part.replace(/^\/|\/$/g, ''))
              .filter(Boolean)
              .join('/'),
            handler: `${metatype.name}.${name}`,
            access: accessOf(handler),
          },
        ];
      });
    });
  }
}
