//! How often one client may have X asked. X limits an app's requests, so one visitor could use up everybody's share.

use core::net::IpAddr;
use std::collections::BTreeMap;

/// Requests of one client in a minute.
pub const PER_MINUTE: u32 = 30;

const WINDOW_SECONDS: u64 = 60;

/// Clients that are counted one by one. More than that share one count.
const CLIENTS_MAX: usize = 10_000;

/// Counts by client, for the minute that runs.
#[derive(Clone, Debug, Default)]
pub struct Rate {
    since: u64,
    counts: BTreeMap<String, u32>,
}

impl Rate {
    /// Counts one more request of this client: an address, or whatever else the host knows it by. Of an IPv6 address the
    /// first 64 bits count, which is what one subscriber gets.
    ///
    /// # Errors
    /// The seconds to wait, when there were too many.
    pub fn ask(&mut self, client: &str, now_seconds: u64) -> Result<(), u32> {
        let until = self.since.saturating_add(WINDOW_SECONDS);
        if now_seconds >= until || now_seconds < self.since {
            *self = Self { since: now_seconds, counts: BTreeMap::new() };
        }
        let client = name(client);
        let client =
            if self.counts.len() < CLIENTS_MAX || self.counts.contains_key(&client) { client } else { String::new() };
        let count = self.counts.entry(client).or_default();
        *count = count.saturating_add(1);
        if *count <= PER_MINUTE {
            return Ok(());
        }
        Err(u32::try_from(until.saturating_sub(now_seconds)).unwrap_or(u32::MAX).max(1))
    }
}

fn name(client: &str) -> String {
    match client.parse::<IpAddr>().map(|address| address.to_canonical()) {
        Ok(IpAddr::V4(address)) => address.to_string(),
        Ok(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::")
        }
        Err(_) => client.chars().take(100).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::{CLIENTS_MAX, PER_MINUTE, Rate};

    fn asks(rate: &mut Rate, client: &str, times: u32, now: u64) -> u32 {
        (0..times).filter(|_| rate.ask(client, now).is_ok()).count().try_into().unwrap()
    }

    #[test]
    fn g14_each_client_has_its_share_of_a_minute() {
        let mut rate = Rate::default();
        assert_eq!(asks(&mut rate, "192.0.2.1", PER_MINUTE + 5, 1000), PER_MINUTE);
        assert_eq!(asks(&mut rate, "192.0.2.2", 1, 1000), 1);
        assert_eq!(rate.ask("192.0.2.1", 1059), Err(1));
        assert_eq!(rate.ask("192.0.2.1", 1060), Ok(()));
        assert_eq!(rate.ask("192.0.2.1", 5), Ok(()), "a clock that was set back locks nobody out");
    }

    #[test]
    fn g14_one_subscriber_is_one_client() {
        let mut rate = Rate::default();
        asks(&mut rate, "2001:db8:1:2::1", PER_MINUTE, 0);
        asks(&mut rate, "192.0.2.9", PER_MINUTE, 0);
        for (client, fine) in
            [("2001:db8:1:2:ffff::9", false), ("2001:db8:1:3::1", true), ("::ffff:192.0.2.9", false), ("a name", true)]
        {
            assert_eq!(rate.ask(client, 0).is_ok(), fine, "{client}");
        }
    }

    #[test]
    fn g14_memory_is_bounded() {
        let mut rate = Rate::default();
        for client in 0..CLIENTS_MAX {
            rate.ask(&format!("client {client}"), 0).unwrap();
        }
        assert_eq!(asks(&mut rate, "one more", PER_MINUTE, 0) + asks(&mut rate, "and another", 5, 0), PER_MINUTE);
        assert!(rate.ask("client 1", 0).is_ok());
        assert!(rate.counts.len() <= CLIENTS_MAX + 1);
    }
}
