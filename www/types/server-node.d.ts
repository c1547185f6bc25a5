/**
 * `sign-in-with-x/server/node`: the handler behind `node:http`, Express and Connect.
 *
 * ```js
 * import { createServer } from 'node:http';
 * import { createHandler } from 'sign-in-with-x/server';
 * import { toNodeListener } from 'sign-in-with-x/server/node';
 *
 * createServer(toNodeListener(createHandler(options))).listen(3000, '127.0.0.1');
 * ```
 */

/** The part of `http.IncomingMessage` that is used. */
export interface NodeRequest {
  method?: string | undefined;
  url?: string | undefined;
  /** Express: the address before the mount path was cut off. */
  originalUrl?: string | undefined;
  headers: Record<string, string | string[] | undefined>;
  /** What a body parser in front left, when it has read the stream. */
  body?: unknown;
  readonly complete: boolean;
  readonly readableEnded: boolean;
  readonly destroyed: boolean;
  readonly socket?: { readonly remoteAddress?: string | undefined } | null | undefined;
  on(event: string, listener: (...args: any[]) => void): unknown;
  pause(): unknown;
}

/** The part of `http.ServerResponse` that is used. */
export interface NodeResponse {
  writeHead(status: number, headers: Record<string, string | string[]>): unknown;
  end(body: Uint8Array): unknown;
  destroy(): unknown;
}

/**
 * Turns a handler into a listener for `http.createServer`, or into a middleware that answers everything it is given:
 * mount it on the paths below the base path. Without `secrets`, the callback page there is yours to serve.
 */
export function toNodeListener(
  handler: (request: Request) => Promise<Response>,
): (request: NodeRequest, response: NodeResponse) => void;

/**
 * The address at the other end of the socket that a request came by, for `clientOf`. Behind a proxy that is the proxy's, for
 * everybody: read the header that yours writes instead.
 */
export function addressOf(request: Request): string | undefined;
