//! Searching the register: by number, by words of a name or an address, in any script, with typos.

use super::fold::words;
use super::index::{Indexed, Section, letters};
use super::{Hits, Index, Query};
use std::cmp::Reverse;

/// How badly a query word may match before it does not match at all.
const NO_MATCH: u8 = u8::MAX;
const EXACT: u8 = 0;
const PREFIX: u8 = 1;
/// Costs from here on are guesses at a typo.
const TYPO: u8 = 4;

impl Index {
    /// Searches. A place matches when each typed word is one of its words, the beginning of one, or
    /// a slip away from one; when no place has all of them, those that have most.
    ///
    /// Order: the exact number first; then matches without a guess; then the area asked for; then
    /// the closer match, the nearer place, the lower number.
    #[must_use]
    pub fn search(&self, query: &Query<'_>) -> Hits {
        let section = self.section(query.among);
        let typed = words(query.text);
        let matched = if typed.is_empty() {
            Vec::new()
        } else {
            section.matching(&typed)
        };
        let total = u32::try_from(section.places.len()).unwrap_or(u32::MAX);
        if typed.is_empty() {
            return self.nearest(section, query, total);
        }
        let count = u32::try_from(matched.len()).unwrap_or(u32::MAX);
        let code = query.text.trim();
        let mut ranked: Vec<_> = matched
            .into_iter()
            .map(|(index, cost, guessed)| {
                let place = &section.places[index as usize];
                let exact = place.code.eq_ignore_ascii_case(code) || has_number(place, &typed);
                let near = distance_m(place, query.near);
                (
                    (
                        Reverse(exact),
                        guessed,
                        Reverse(in_area(place, query)),
                        cost,
                        near,
                        place.numeric,
                        index,
                    ),
                    index,
                )
            })
            .collect();
        let kept = query.limit.min(ranked.len());
        if kept > 0 && kept < ranked.len() {
            ranked.select_nth_unstable_by_key(kept - 1, |(key, _)| *key);
        }
        ranked.truncate(kept);
        ranked.sort_unstable_by_key(|(key, _)| *key);
        let hits = ranked
            .into_iter()
            .map(|(_, index)| &section.places[index as usize]);
        Hits {
            hits: hits
                .map(|place| self.hit(place, in_area(place, query)))
                .collect(),
            matched: count,
            total,
        }
    }

    /// Nothing typed: the area's places, nearest or lowest number first, then the others.
    fn nearest(&self, section: &Section, query: &Query<'_>, total: u32) -> Hits {
        let place = |index: &u32| &section.places[*index as usize];
        let mut order: Vec<&u32> = section.in_order.iter().collect();
        if query.near.is_some() {
            order.sort_by_key(|index| distance_m(place(index), query.near));
        }
        let (inside, outside): (Vec<_>, Vec<_>) = order
            .into_iter()
            .map(place)
            .partition(|place| in_area(place, query));
        let hits = inside.into_iter().chain(outside).take(query.limit);
        Hits {
            hits: hits
                .map(|place| self.hit(place, in_area(place, query)))
                .collect(),
            matched: total,
            total,
        }
    }
}

impl Section {
    /// Places that match, each with its cost and whether a typo had to be guessed.
    fn matching(&self, typed: &[String]) -> Vec<(u32, u32, bool)> {
        let mut found: Vec<(u8, u32, bool)> = vec![(0, 0, false); self.places.len()];
        let mut best = vec![NO_MATCH; self.places.len()];
        for word in typed {
            best.fill(NO_MATCH);
            let looked_for = letters(word);
            for known in &self.vocabulary {
                let cost = cost(word, looked_for, &known.text, known.letters);
                if cost != NO_MATCH {
                    for index in &known.places {
                        let best = &mut best[*index as usize];
                        *best = (*best).min(cost);
                    }
                }
            }
            for (found, cost) in found.iter_mut().zip(&best) {
                if *cost != NO_MATCH {
                    *found = (
                        found.0.saturating_add(1),
                        found.1 + u32::from(*cost),
                        found.2 || *cost >= TYPO,
                    );
                }
            }
        }
        let most = found.iter().map(|(words, ..)| *words).max().unwrap_or(0);
        (0_u32..)
            .zip(found)
            .filter(|(_, (words, ..))| most > 0 && *words == most)
            .map(|(index, (_, cost, guessed))| (index, cost, guessed))
            .collect()
    }
}

/// How far the typed word is from a known one.
fn cost(typed: &str, typed_letters: u64, known: &str, known_letters: u64) -> u8 {
    if known == typed {
        return EXACT;
    }
    if known.starts_with(typed) {
        return PREFIX;
    }
    // A number that is one digit off is another number, and short words are one slip from everything.
    let is_number = typed.as_bytes()[0].is_ascii_digit() || known.as_bytes()[0].is_ascii_digit();
    let allowed: u8 = match typed.len() {
        0..=3 => return NO_MATCH,
        4..=6 => 1,
        _ => 2,
    };
    if is_number || (typed_letters & !known_letters).count_ones() > u32::from(allowed) {
        return NO_MATCH;
    }
    let whole = slips(typed.as_bytes(), known.as_bytes(), allowed);
    if whole != NO_MATCH {
        return TYPO + whole;
    }
    // The beginning of a longer word, with a slip in it.
    match known.as_bytes().get(..typed.len()) {
        Some(beginning)
            if typed.len() >= 5 && slips(typed.as_bytes(), beginning, 1) != NO_MATCH =>
        {
            TYPO + 3
        }
        _ => NO_MATCH,
    }
}

/// Insertions, deletions, replacements and swaps of neighbours between two words, if at most `allowed`.
fn slips(a: &[u8], b: &[u8], allowed: u8) -> u8 {
    const LONGEST: usize = 32;
    if a.len().abs_diff(b.len()) > usize::from(allowed) || a.len() > LONGEST || b.len() > LONGEST {
        return NO_MATCH;
    }
    let mut two_back = [0_u8; LONGEST + 1];
    let mut back = [0_u8; LONGEST + 1];
    let mut row = [0_u8; LONGEST + 1];
    for (column, cell) in (0_u8..).zip(back.iter_mut()) {
        *cell = column;
    }
    for (i, &letter) in a.iter().enumerate() {
        row[0] = back[0] + 1;
        let mut least = row[0];
        for (j, &other) in b.iter().enumerate() {
            let mut cell = (back[j] + u8::from(letter != other))
                .min(back[j + 1] + 1)
                .min(row[j] + 1);
            if i > 0 && j > 0 && letter == b[j - 1] && a[i - 1] == other {
                cell = cell.min(two_back[j - 1] + 1);
            }
            row[j + 1] = cell;
            least = least.min(cell);
        }
        if least > allowed {
            return NO_MATCH;
        }
        two_back = back;
        back = row;
    }
    let distance = back[b.len()];
    if distance <= allowed {
        distance
    } else {
        NO_MATCH
    }
}

fn in_area(place: &Indexed, query: &Query<'_>) -> bool {
    query.area.is_some_and(|area| place.region == area)
}

/// Whether the typed words begin with or contain the whole number of the place.
fn has_number(place: &Indexed, typed: &[String]) -> bool {
    let number = &place.number_words;
    !number.is_empty()
        && typed
            .windows(number.len())
            .any(|window| window == number.as_slice())
}

/// Metres from the device, good enough to order by; places without a position last.
fn distance_m(place: &Indexed, near: Option<(f64, f64)>) -> u64 {
    const METRES_PER_DEGREE: f64 = 111_195.0;
    let (Some((latitude, longitude)), Some((near_latitude, near_longitude))) =
        (place.position, near)
    else {
        return u64::MAX;
    };
    let north = latitude - near_latitude;
    let east = (longitude - near_longitude) * near_latitude.to_radians().cos();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "metres on earth fit, and are positive"
    )]
    let metres = (north.hypot(east) * METRES_PER_DEGREE) as u64;
    metres
}
