//! A figure as documents print it, and whether a computed one rounds to it.

/// The rule by which a printed figure is matched. Documents round; a figure matches when it
/// rounds to what is printed, in the way the document rounded.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Printed {
    /// `219`: the number itself.
    Exact(i64),
    /// `91%`, `30.4%`: per cent, with so many decimals.
    Percent {
        /// Scaled by ten for every decimal.
        value: i64,
        /// Decimals printed.
        decimals: u32,
    },
    /// `1/6`: nearer to it than to any other 1/n.
    OneIn(i64),
    /// `3/4`: nearer to it than to any other multiple of 1/4.
    Fraction(i64, i64),
    /// `~350`: rounds to it at its last digit that is not 0.
    About(i64),
    /// `>1/2`: more than half ("most").
    MoreThan(i64, i64),
}

impl Printed {
    /// Reads a cell of the column `match`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(text) = text.strip_prefix('>') {
            let (over, under) = fraction(text)?;
            return Some(Self::MoreThan(over, under));
        }
        if let Some(text) = text.strip_prefix('~') {
            return Some(Self::About(text.parse().ok().filter(|value| *value > 0)?));
        }
        if let Some(text) = text.strip_suffix('%') {
            let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
            let value = format!("{whole}{decimals}").parse().ok()?;
            return Some(Self::Percent {
                value,
                decimals: decimals.len().min(6) as u32,
            });
        }
        match fraction(text) {
            Some((1, under)) => Some(Self::OneIn(under)),
            Some((over, under)) => Some(Self::Fraction(over, under)),
            None => text.parse().ok().map(Self::Exact),
        }
    }

    /// Whether `value` (a share as a fraction of one, a number as itself) rounds to the printed figure.
    #[must_use]
    pub fn matches(self, value: f64) -> bool {
        match self {
            Self::Exact(printed) => (value - printed as f64).abs() < 1e-9,
            Self::Percent {
                value: printed,
                decimals,
            } => half_up(value * 100.0 * f64::from(10_u32.pow(decimals))) == printed,
            Self::OneIn(under) => value > 0.0 && nearest_unit_fraction(value) == under,
            Self::Fraction(over, under) => half_up(value * under as f64) == over,
            Self::About(printed) => {
                let mut step = 1;
                while printed % (step * 10) == 0 {
                    step *= 10;
                }
                half_up(value / step as f64) * step == printed
            }
            Self::MoreThan(over, under) => value > over as f64 / under as f64,
        }
    }
}

fn fraction(text: &str) -> Option<(i64, i64)> {
    let (over, under) = text.split_once('/')?;
    let (over, under) = (over.parse().ok()?, under.parse().ok()?);
    (under > 0 && over >= 0).then_some((over, under))
}

/// Rounds as people do on paper. The tiny addend takes back what binary fractions lost of a true half.
fn half_up(value: f64) -> i64 {
    (value + 0.5 + 1e-9).floor() as i64
}

fn nearest_unit_fraction(value: f64) -> i64 {
    let below = (1.0 / value).floor().max(1.0);
    let distance = |under: f64| (value - 1.0 / under).abs();
    (if distance(below) <= distance(below + 1.0) {
        below
    } else {
        below + 1.0
    }) as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(text: &str, value: f64) -> bool {
        Printed::parse(text).is_some_and(|printed| printed.matches(value))
    }

    #[test]
    fn counts_match_exactly() {
        assert!(matches("219", 219.0));
        assert!(!matches("219", 218.0));
    }

    #[test]
    fn a_percentage_matches_what_rounds_to_it() {
        for (n, expected) in [
            (1_307, false),
            (1_308, true),
            (1_315, true),
            (1_322, true),
            (1_323, false),
        ] {
            assert_eq!(
                matches("91%", f64::from(n) / 1_445.0),
                expected,
                "{n} of 1445"
            );
        }
        assert!(matches("9%", 130.0 / 1_445.0));
        assert!(matches("73%", 7_384.0 / 10_115.0));
        assert!(matches("44%", 636.0 / 1_445.0));
        assert!(matches("88%", 1_272.0 / 1_445.0));
        assert!(matches("30.4%", 0.304_4) && !matches("30.4%", 0.304_6));
    }

    #[test]
    fn one_in_n_matches_the_nearest_such_fraction() {
        assert!(matches("1/6", 23.0 / 138.0));
        assert!(!matches("1/6", 20.0 / 138.0));
        assert!(matches("1/5", 28.0 / 138.0));
        assert!(matches("1/4", 35.0 / 138.0) && matches("1/4", 34.0 / 138.0));
        assert!(!matches("1/4", 0.0));
    }

    #[test]
    fn other_fractions_match_by_their_own_step() {
        assert!(matches("3/4", 104.0 / 138.0) && matches("3/4", 103.0 / 138.0));
        assert!(!matches("3/4", 121.0 / 138.0));
    }

    #[test]
    fn about_matches_at_the_last_digit_that_says_something() {
        assert!(matches("~350", 350.0) && matches("~350", 346.0));
        assert!(!matches("~350", 344.0));
    }

    #[test]
    fn most_means_more_than_half() {
        assert!(matches(">1/2", 0.51));
        assert!(!matches(">1/2", 0.5));
    }

    #[test]
    fn words_are_no_figures() {
        for text in ["many", "1/0", "x%", "~0", ""] {
            assert_eq!(Printed::parse(text), None, "{text}");
        }
    }
}
