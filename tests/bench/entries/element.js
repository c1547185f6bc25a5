import 'sign-in-with-x/define';
