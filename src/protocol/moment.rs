//! Moments and durations. A device's date may be set while a person is at X, and a clock that only goes forward may stand
//! still while the device sleeps; so a moment is read from both, and of two durations the shorter one is believed.

use core::ops::Add;

/// A moment, in milliseconds by two clocks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// By the device's date, since the Unix epoch.
    pub date: u64,
    /// By a clock that nobody sets. Where it begins does not matter.
    pub steady: u64,
}

impl Moment {
    /// Milliseconds since an earlier moment; none when both clocks went backwards.
    #[must_use]
    pub const fn since(self, earlier: Self) -> u64 {
        let date = self.date.saturating_sub(earlier.date);
        let steady = self.steady.saturating_sub(earlier.steady);
        if date < steady { date } else { steady }
    }
}

impl Add<u64> for Moment {
    type Output = Self;

    fn add(self, milliseconds: u64) -> Self {
        let Self { date, steady } = self;
        Self { date: date.saturating_add(milliseconds), steady: steady.saturating_add(milliseconds) }
    }
}

#[cfg(test)]
mod tests {
    use super::Moment;

    const DAY: u64 = 86_400_000;

    #[test]
    fn a19_a_date_that_is_set_and_a_clock_that_sleeps_make_nothing_older() {
        let start = Moment { date: 10 * DAY, steady: DAY };
        let later = start + 5;
        assert_eq!(later.since(start), 5);
        for now in [
            Moment { date: later.date + DAY, ..later },
            Moment { date: later.date - DAY, ..later },
            Moment { steady: later.steady + DAY, ..later },
            Moment { steady: 0, ..later },
        ] {
            assert!(now.since(start) <= 5, "{now:?}");
        }
        assert_eq!((start + DAY).since(start), DAY);
    }
}
