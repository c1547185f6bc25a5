import 'component/callback';
