//! Who signed in.

use sign_in_with_x::server::{FailureCode, HttpResponse, user};

use super::{NOW, answered, config, granted};

#[test]
fn a18_the_token_travels_in_the_header_only() {
    let request = user::request(&config(), &granted("tweet.read users.read"));
    assert_eq!(request.header("authorization"), Some("Bearer canary-token"));
    assert!(!request.url.contains("canary") && request.body.is_none());
    assert_eq!(request.url, "https://api.x.com/2/users/me?user.fields=id%2Cname%2Cusername%2Cprofile_image_url");
}

#[test]
fn g7_an_address_is_asked_for_and_taken_with_its_scope_only() {
    let profile = r#"{"data":{"id":"9007199254740993","name":"Ada","username":"ada","confirmed_email":"a@b.example",
        "profile_image_url":"https://pbs.twimg.com/a.jpg","public_metrics":{"post_count":1}},"includes":{}}"#;
    for (scope, asked) in [("tweet.read users.read", false), ("users.email users.read", true), ("", false)] {
        let tokens = granted(scope);
        assert_eq!(user::request(&config(), &tokens).url.contains("confirmed_email"), asked);
        let user = user::read(&tokens, &answered(200, profile), NOW).unwrap();
        assert_eq!((user.id.as_str(), user.email.is_some()), ("9007199254740993", asked));
    }
}

#[test]
fn h2_a_refused_profile_names_the_reason() {
    for (status, body, reason, word) in [
        (
            403,
            r#"{"client_id":"1","detail":"When authenticating requests to the Twitter API v2 endpoints, you must use keys",
                "title":"Client Forbidden","required_enrollment":"Standard Basic","reason":"client-not-enrolled",
                "type":"https://api.twitter.com/2/problems/client-forbidden"}"#,
            "client-not-enrolled",
            "Move to package",
        ),
        (
            403,
            r#"{"title":"Client Forbidden","type":"https://api.x.com/2/problems/client-forbidden"}"#,
            "client-forbidden",
            "Pay-per-use",
        ),
        (403, r#"{"title":"Forbidden","type":"about:blank","status":403,"detail":"Forbidden"}"#, "", "users.read"),
        (401, r#"{"title":"Unauthorized","type":"about:blank","status":401,"detail":"Unauthorized"}"#, "", "outages"),
        (
            200,
            r#"{"errors":[{"title":"Not Found","detail":"No such account.","type":"https://api.x.com/2/problems/resource-not-found"}]}"#,
            "resource-not-found",
            "No such account.",
        ),
        (200, "{}", "", "refused the profile"),
        (200, r#"{"data":{"id":"abc","name":"n","username":"u"}}"#, "user", "cannot be read"),
        (200, r#"{"data":{"id":1,"name":"n","username":"u"}}"#, "", "cannot be read"),
        (500, "{}", "", "status 500"),
        (302, "", "", "redirect"),
    ] {
        let failure = user::read(&granted(""), &answered(status, body), NOW).unwrap_err();
        assert_eq!((failure.code, failure.status), (FailureCode::ProviderError, 502), "{body}");
        assert_eq!(failure.reason, reason, "{body}");
        assert!(failure.hint.contains(word), "{}", failure.hint);
    }
}

#[test]
fn a17_answers_that_are_no_profile() {
    let right = r#"{"data":{"id":"1","name":"Ada","username":"ada"}}"#;
    let answer = |status, content_type: &str, body: &str| {
        let response =
            HttpResponse { status, content_type: content_type.into(), body: body.into(), ..Default::default() };
        user::read(&granted(""), &response, NOW).map_err(|failure| (failure.code, failure.status))
    };
    assert!(answer(200, "application/json", right).is_ok());
    for (status, content_type, body) in [
        (200, "text/html", right),
        (200, "text/html", "<html>canary</html>"),
        (200, "application/json", &right[..right.len() - 1]),
        (200, "application/json", ""),
        (200, "application/json", "null"),
        (200, "application/json", "[]"),
        (200, "application/json", &[right, &" ".repeat(70_000)].concat()),
        (201, "application/json", right),
        (307, "application/json", right),
        (503, "text/html", "<html>canary</html>"),
        (0, "", ""),
    ] {
        let refused = answer(status, content_type, body).unwrap_err();
        assert_eq!(refused, (FailureCode::ProviderError, 502), "{status} {content_type} {body:.60}");
    }
}
