"""Signs in with requests-oauthlib and PKCE at the simulator whose address is the argument, which approves at once."""
import json
import os
import sys

os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"  # loopback has no TLS; oauthlib insists on it otherwise

from oauthlib.oauth2 import OAuth2Error
from requests.auth import HTTPBasicAuth
from requests_oauthlib import OAuth2Session

api, browser, client_id, secret, callback = sys.argv[1:]

# A public client names itself in the body, a confidential one sends Basic.
proof = {"auth": HTTPBasicAuth(client_id, secret)} if secret else {"include_client_id": True}
x = OAuth2Session(client_id, redirect_uri=callback, scope=["tweet.read", "users.read", "offline.access"], pkce="S256")
x.trust_env = False  # a proxy of this machine has no business with it

address, state = x.authorization_url(f"{browser}/i/oauth2/authorize")
page = x.request("GET", address, withhold_token=True, allow_redirects=False)
tokens = x.fetch_token(f"{api}/2/oauth2/token", authorization_response=page.headers["Location"], **proof)
me = x.get(f"{api}/2/users/me", params={"user.fields": "name,username"})

spent = tokens["refresh_token"]
again = {**proof} if secret else {"client_id": client_id}
fresh = x.refresh_token(f"{api}/2/oauth2/token", refresh_token=spent, **again)
renewed = x.get(f"{api}/2/users/me")
try:
    x.refresh_token(f"{api}/2/oauth2/token", refresh_token=spent, **again)
    refused = None
except OAuth2Error as error:
    refused = error.description

gone = {"data": {"token": fresh["refresh_token"], **({} if secret else {"client_id": client_id})}, "auth": proof.get("auth")}
ended = x.request("POST", f"{api}/2/oauth2/revoke", withhold_token=True, **gone)
after = x.request("GET", f"{api}/2/users/me", withhold_token=True, headers={"Authorization": f"Bearer {fresh['access_token']}"})
print(json.dumps({
    "scope": sorted(tokens["scope"]), "rotated": fresh["refresh_token"] != spent, "me": me.json(), "renewed": renewed.status_code,
    "refused": refused, "ended": [ended.status_code, ended.json()], "after": after.status_code,
}))
