/** Whether two types are the same, in both directions. */
export type Is<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** `holds<Is<A, B>>()` compiles only when it is true. */
export function holds<_T extends true>(): void {}

// The tool itself can say no.
holds<Is<string, string>>();
// @ts-expect-error: these are two
holds<Is<string, string | undefined>>();
// @ts-expect-error: any is not everything
holds<Is<any, string>>();
