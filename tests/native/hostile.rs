//! Whatever comes in, nothing panics (A9), and no input of a stranger's reaches an end that only our own reaches.

use proptest::prelude::*;
use sign_in_with_x::flow::callback::{Used, recall};
use sign_in_with_x::flow::popup::{Answer, Event, Popup};
use sign_in_with_x::protocol::authorization_response::{AuthorizationResponse, Remembered};
use sign_in_with_x::protocol::endpoint::HttpUrl;
use sign_in_with_x::protocol::envelope::ENVELOPE_PREFIX;
use sign_in_with_x::protocol::error::ErrorCode;
use sign_in_with_x::protocol::form::{Form, append};
use sign_in_with_x::protocol::moment::Moment;
use sign_in_with_x::protocol::outcome::{read_exchange, take_note};
use sign_in_with_x::protocol::ports::{KeyValue as _, MemoryStore};
use sign_in_with_x::protocol::return_to::return_to;
use sign_in_with_x::protocol::scope::normalise;
use sign_in_with_x::protocol::state::State;
use sign_in_with_x::protocol::text::{clean, digits, number};
use sign_in_with_x::protocol::transaction::{Transaction, sweep};
use sign_in_with_x::protocol::{config, envelope};

use super::kit::{CALLBACK, config, key, record, s, transaction};

/// Noise of three kinds: any text, URL-like text, and text made of the words that the parsers look for.
fn noise() -> impl Strategy<Value = String> {
    let words = [
        "?",
        "#",
        "&",
        "=",
        "%",
        "%f",
        "%ff",
        "%00",
        "+",
        ";",
        "code",
        "state",
        "error",
        "iss",
        "error_description",
        "access_token",
        "code=c",
        "state=",
        "SSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS",
        "sign-in-with-x/1",
        "v=1",
        "purpose=sign-in",
        "flow=redirect",
        "created_at=",
        "1800000000000",
        "99999999999999999999",
        "https://",
        "http://",
        "app.example",
        "localhost",
        "[::1]",
        ":",
        "/",
        "//",
        "\\",
        "..",
        "@",
        "é",
        "☃",
        "\0",
        "\u{10ffff}",
        CALLBACK,
        "status=200",
        "id=1",
        "username=a",
        "client_id=client",
        "response=",
        "restart=1",
        "steady_at=",
    ];
    prop_oneof![
        any::<String>(),
        "[?&#=%+a-zA-Z0-9:/\\\\._~-]{0,120}",
        proptest::collection::vec(proptest::sample::select(words.to_vec()), 0..14).prop_map(|parts| parts.concat()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 800, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a9_callbacks(text in noise(), date in any::<u64>(), steady in any::<u64>()) {
        let now = Moment { date, steady };
        let _ = AuthorizationResponse::find(&config(), &text);
        let _ = AuthorizationResponse::find(&config(), &format!("{CALLBACK}{text}"));
        if let Ok(response) = AuthorizationResponse::parse(&text, config().finish) {
            let remembered = Remembered::Transaction(Box::new(transaction(s(), &[])));
            let claimed = response.state();
            if response.check(remembered, now).is_ok() {
                prop_assert_eq!(claimed, Some(s()), "approved {:?}", text);
            }
        }
    }

    #[test]
    fn a9_messages(text in noise(), now in any::<u64>(), closed: bool, focused: bool) {
        let _ = envelope::open(&text);
        for message in [text.clone(), envelope::hand_over(&text, 0), format!("{ENVELOPE_PREFIX}v=1&{text}")] {
            let mut popup = Popup::new(transaction(s(), &[]), now);
            let _ = popup.on(Event::Looked { closed, focused, elapsed: now });
            if let Some(settled) = popup.on(Event::Delivered { message: &message, elapsed: now }) {
                let approved = matches!(settled.result, Some(Ok(Answer::Approved(_))));
                prop_assert!(!approved || message.contains(s().as_str()), "approved {:?}", message);
            }
            prop_assert!(popup.on(Event::Aborted).is_none_or(|end| !matches!(end.result, Some(Ok(_)))));
        }
    }

    #[test]
    fn a9_records(text in noise(), changed in 0_usize..400, date in any::<u64>(), steady in any::<u64>()) {
        let now = Moment { date, steady };
        let mut damaged = record(&[]);
        if let Some((at, _)) = damaged.char_indices().nth(changed) {
            damaged.insert_str(at, &text);
        }
        for record in [text, damaged] {
            let decoded = Transaction::decode(s(), &record);
            let mut store = MemoryStore::default();
            store.set(&key(&s()), &record);
            let remembered = recall(&mut store, &mut Used::new(), &config(), Some(s()), now);
            prop_assert_eq!(decoded.is_some_and(|it| it.is_for(&config())), matches!(remembered, Remembered::Transaction(_)));
            let _ = sweep(&mut store, now);
            prop_assert!(store.keys().len() <= 1);
        }
    }

    #[test]
    fn a9_notes_and_answers(text in noise(), now in any::<u64>()) {
        for note in [text.clone(), format!("v=1&created_at=1&client_id=client&redirect_uri={CALLBACK}&{text}")] {
            let mut store = MemoryStore::default();
            store.set("sign-in-with-x:outcome", &note);
            let _ = take_note(&mut store, &config(), now);
        }
        if let Some(Err(error)) = Form::parse(&text).map(|form| read_exchange(&form)) {
            prop_assert_eq!(error.code, ErrorCode::ExchangeFailed);
        }
    }

    #[test]
    fn a9_forms_survive_their_own_encoding(pairs in proptest::collection::vec((any::<String>(), any::<String>()), 0..6)) {
        let mut text = String::new();
        for (name, value) in &pairs {
            append(&mut text, name, value);
        }
        prop_assert!(text.is_ascii());
        let parsed = Form::parse(&text).unwrap();
        prop_assert_eq!(parsed.pairs(), &pairs[..]);
        // And an independent reader sees the same.
        let seen: Vec<_> = url::form_urlencoded::parse(text.as_bytes()).into_owned().collect();
        prop_assert_eq!(seen, pairs);
    }

    #[test]
    fn a9_a_form_reads_as_browsers_do_or_not_at_all(text in noise()) {
        if let Some(form) = Form::parse(&text) {
            let seen: Vec<_> = url::form_urlencoded::parse(text.as_bytes()).into_owned().collect();
            prop_assert_eq!(form.pairs(), &seen[..]);
        }
    }

    #[test]
    fn a9_options(client_id in noise(), address in noise(), scope in noise(), timeout in noise(), flow in noise()) {
        let _ = config::Config::new(&config::Options {
            client_id: &client_id, redirect_uri: &address, scope: &scope, exchange: &address, flow: &flow,
            authorize: &address, timeout: &timeout, handoff: false, start: "",
        });
        let started = config::Config::new(&config::Options {
            client_id: "client", redirect_uri: "https://app.example/cb", start: &address, ..config::Options::default()
        });
        prop_assert!(started.is_err() || !address.contains('#'), "{:?}", address);
        let _ = config::Config::refuse_secret(&client_id);
        let _ = (State::parse(&scope), normalise(&scope), return_to(&address, &client_id), number(&timeout));
    }

    #[test]
    fn a8_an_address_s_origin_is_a_browser_s(text in noise().prop_map(|rest| format!("https://{rest}"))) {
        if let (Ok(ours), Ok(theirs)) = (HttpUrl::parse(&text), url::Url::parse(&text)) {
            prop_assert_eq!(url::Url::parse(ours.origin()).map(|it| it.origin()), Ok(theirs.origin()));
            prop_assert!(theirs.username().is_empty() && theirs.fragment().is_none());
        }
    }

    #[test]
    fn a9_small_texts(text in noise(), max in 0_usize..64, n in any::<u64>()) {
        let kept = clean(&text, max);
        prop_assert!(kept.len() <= max && !kept.bytes().any(|byte| byte.is_ascii_control()));
        prop_assert_eq!(number(&digits(n)), Some(n));
    }
}
