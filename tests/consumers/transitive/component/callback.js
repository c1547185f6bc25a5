import 'sign-in-with-x/callback';
