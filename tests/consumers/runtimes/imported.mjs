/** Every half of the package that can be imported without a page, and whether that changed anything. */
import { changed, requests } from './watched.mjs';
import * as index from 'sign-in-with-x';
import * as define from 'sign-in-with-x/define';
import * as element from 'sign-in-with-x/element';
import * as permissions from 'sign-in-with-x/permissions';
import * as permissionsDefine from 'sign-in-with-x/permissions/define';
import * as server from 'sign-in-with-x/server';

export function report() {
  const modules = [index, define, element, permissions, permissionsDefine, server];
  const functions = [index.createSignIn, element.SignInWithXElement, permissions.permissions, server.createHandler];
  return JSON.stringify({ changed: changed(), requests, modules: modules.length, functions: functions.map((each) => typeof each) });
}
