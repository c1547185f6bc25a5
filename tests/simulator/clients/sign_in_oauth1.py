"""Signs in with requests-oauthlib at the simulator whose address is the argument, which approves at once."""
import json
import sys

from requests_oauthlib import OAuth1Session

api, browser, key, secret, callback = sys.argv[1:]


def session(**tokens):
    made = OAuth1Session(key, client_secret=secret, **tokens)
    made.trust_env = False  # a proxy of this machine has no business with it
    return made


first = session(callback_uri=callback)
first.fetch_request_token(f"{api}/oauth/request_token")
page = session().get(first.authorization_url(f"{browser}/oauth/authenticate"), allow_redirects=False)
first.parse_authorization_response(page.headers["Location"])
tokens = first.fetch_access_token(f"{api}/oauth/access_token")

person = session(resource_owner_key=tokens["oauth_token"], resource_owner_secret=tokens["oauth_token_secret"])
credentials = person.get(f"{api}/1.1/account/verify_credentials.json", params={"include_email": "true"})
me = person.get(f"{api}/2/users/me", params={"user.fields": "name,username"})
ended = person.post(f"{api}/1.1/oauth/invalidate_token.json")
after = person.get(f"{api}/2/users/me")
print(json.dumps({
    "tokens": tokens["screen_name"], "credentials": credentials.json(), "level": credentials.headers["x-access-level"],
    "me": me.json(), "ended": ended.status_code, "after": after.status_code,
}))
