//! The time that a request is stamped with, and what to do when X finds it wrong.

use super::super::http::HttpResponse;
use super::refusal;
use crate::protocol::text::{number, pieces};

/// How far our clock may be from X's before a 401 is blamed on it, in seconds. X does not say how much it allows; one
/// attempt more costs nothing.
const FAR_SECONDS: u64 = 60;

/// Seconds since the Unix epoch: the host's clock, or X's own after X refused the host's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    seconds: u64,
    corrected: bool,
}

impl Clock {
    /// The host's clock.
    pub const fn new(now_seconds: u64) -> Self {
        Self { seconds: now_seconds, corrected: false }
    }

    /// The timestamp.
    pub const fn seconds(self) -> u64 {
        self.seconds
    }

    /// The clock to sign the same request with once more, when this answer says that the time was wrong: X's code 135, or
    /// a 401 whose `Date` is far from ours. `None` for any other answer, and after the first correction.
    #[must_use]
    pub fn corrected_by(self, response: &HttpResponse) -> Option<Self> {
        if self.corrected {
            return None;
        }
        let seconds = parse_date(&response.date)?;
        let far = seconds.abs_diff(self.seconds) > FAR_SECONDS;
        let refused = refusal::code(response) == Some(refusal::TIMESTAMP) || (response.status == 401 && far);
        refused.then_some(Self { seconds, corrected: true })
    }
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`, the only form that may be sent (RFC 9110 §5.6.7), as seconds since the Unix epoch.
fn parse_date(text: &str) -> Option<u64> {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let [_, day, month, year, time, "GMT"] = pieces(text, b' ').collect::<Vec<_>>()[..] else { return None };
    let [hours, minutes, seconds] = pieces(time, b':').collect::<Vec<_>>()[..] else { return None };
    let within = |text: &str, least: u64, most: u64| number(text).filter(|n| (least..=most).contains(n));
    let month = 1 + u64::try_from(MONTHS.iter().position(|name| *name == month)?).ok()?;
    let (day, year) = (within(day, 1, 31)?, within(year, 1970, 9999)?);
    // Days since 1970 by counting years from March (Hinnant, "chrono-compatible low-level date algorithms").
    let (y, m) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = y * 365 + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1;
    let days = days.checked_sub(719_468)?;
    Some(((days * 24 + within(hours, 0, 23)?) * 60 + within(minutes, 0, 59)?) * 60 + within(seconds, 0, 60)?)
}

#[cfg(test)]
mod tests {
    use super::super::super::http::HttpResponse;
    use super::{Clock, parse_date};

    #[test]
    fn g9_dates() {
        for (text, seconds) in [
            ("Thu, 01 Jan 1970 00:00:00 GMT", Some(0)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(784_111_777)),
            ("Thu, 29 Feb 2024 23:59:59 GMT", Some(1_709_251_199)),
            ("Fri, 15 Jan 2027 08:00:00 GMT", Some(1_800_000_000)),
            ("Sunday, 06-Nov-94 08:49:37 GMT", None),
            ("Sun Nov  6 08:49:37 1994", None),
            ("Sun, 06 Nov 1994 08:49:37 CET", None),
            ("Sun, 00 Nov 1994 08:49:37 GMT", None),
            ("Sun, 06 Nov 1994 24:49:37 GMT", None),
            ("Sun, 06 Nov 99999999999999 08:49:37 GMT", None),
            ("Sun, 06 Nov 1969 08:49:37 GMT", None),
            ("", None),
        ] {
            assert_eq!(parse_date(text), seconds, "{text}");
        }
    }

    #[test]
    fn g9_one_more_attempt_with_x_s_own_time() {
        let answer = |status, date: &str, body: &str| HttpResponse {
            status,
            date: date.into(),
            body: body.into(),
            ..Default::default()
        };
        let (x, skewed) =
            ("Fri, 15 Jan 2027 08:00:00 GMT", r#"{"errors":[{"code":135,"message":"Timestamp out of bounds."}]}"#);
        let late = Clock::new(1_800_000_600);
        for (response, corrected) in [
            (answer(401, x, skewed), true),
            (answer(401, x, "no JSON"), true),
            (answer(401, x, ""), true),
            (answer(403, x, ""), false),
            (answer(200, x, ""), false),
            (answer(401, "", skewed), false),
            (answer(401, "Fri, 15 Jan 2027 08:09:30 GMT", ""), false),
            (answer(401, "Fri, 15 Jan 2027 08:09:30 GMT", skewed), true),
        ] {
            let next = late.corrected_by(&response);
            assert_eq!(next.is_some(), corrected, "{response:?}");
            assert_eq!(next.and_then(|next| next.corrected_by(&response)), None, "once");
        }
        assert_eq!(late.corrected_by(&answer(401, x, skewed)).unwrap().seconds(), 1_800_000_000);
    }
}
