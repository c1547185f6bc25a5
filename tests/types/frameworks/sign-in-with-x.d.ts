import type { SignInWithXElement, SignInWithXElementProps } from 'sign-in-with-x/element';
import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { HTMLAttributes as VueAttributes } from 'vue';

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'sign-in-with-x': DetailedHTMLProps<HTMLAttributes<SignInWithXElement>, SignInWithXElement> & SignInWithXElementProps;
    }
  }
}

declare module 'vue' {
  interface GlobalComponents {
    'sign-in-with-x': new () => { $props: VueAttributes & SignInWithXElementProps };
  }
}
