//! Folding: one spelling for what a name is called in Russian, Kazakh (both alphabets) and a
//! transliteration, so that "Жезқазған", "Жезказган", "Zhezkazgan" and "Jezqazğan" are one word.
//!
//! Both sides of a comparison are folded, so it only matters that spellings meet, not that the
//! result is anybody's orthography.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Letter sequences that transliterations write differently for one sound, longest first.
/// (`c` is `k` by then, so `ch` is `kh`.)
const SEQUENCES: [(&str, &str); 13] = [
    ("shkh", "sh"),
    ("skh", "sh"),
    ("dzh", "j"),
    ("zh", "j"),
    ("dj", "j"),
    ("kh", "h"),
    ("gh", "g"),
    ("ng", "n"),
    ("ts", "c"),
    ("ie", "e"),
    ("ye", "e"),
    ("iy", "i"),
    ("yi", "i"),
];

/// The folded words of a text, in order.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut digits = false;
    for letter in text.nfc().flat_map(char::to_lowercase) {
        let is_mark = is_combining_mark(letter);
        if !letter.is_alphanumeric() && !is_mark {
            finish(&mut words, &mut word, digits);
            continue;
        }
        let is_digit = letter.is_ascii_digit();
        if is_digit != digits && !is_mark {
            finish(&mut words, &mut word, digits);
            digits = is_digit;
        }
        spell(letter, &mut word);
    }
    finish(&mut words, &mut word, digits);
    words
}

fn finish(words: &mut Vec<String>, word: &mut String, digits: bool) {
    let spelled = std::mem::take(word);
    if spelled.is_empty() {
        return;
    }
    let folded = if digits {
        without_zeros(&spelled).to_owned()
    } else {
        contract(&spelled)
    };
    if !folded.is_empty() {
        words.push(folded);
    }
}

/// `007` is `7`; `000` is `0`.
pub(super) fn without_zeros(digits: &str) -> &str {
    let rest = digits.trim_start_matches('0');
    if rest.is_empty() {
        &digits[digits.len().saturating_sub(1)..]
    } else {
        rest
    }
}

/// Sequences to single letters, `y` to `i`, doubled letters to one.
fn contract(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    let mut rest = word;
    while let Some(letter) = rest.chars().next() {
        let sequence = SEQUENCES.iter().find(|(from, _)| rest.starts_with(from));
        let (taken, written) = match sequence {
            Some((from, to)) => (from.len(), *to),
            None => (letter.len_utf8(), &rest[..letter.len_utf8()]),
        };
        let written = if written == "y" { "i" } else { written };
        if !folded.ends_with(written) {
            folded.push_str(written);
        }
        rest = &rest[taken..];
    }
    folded
}

/// One lower-case letter of any of the scripts in Latin letters.
fn spell(letter: char, word: &mut String) {
    let latin = match letter {
        'а' | 'ә' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ғ' | 'ğ' => "g",
        'д' => "d",
        'е' | 'ё' | 'э' => "e",
        'ж' => "j",
        'з' => "z",
        'и' | 'й' | 'ы' | 'і' | 'ı' => "i",
        'к' | 'қ' | 'q' | 'c' => "k",
        'л' => "l",
        'м' => "m",
        'н' | 'ң' | 'ñ' => "n",
        'о' | 'ө' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' | 'ұ' | 'ү' | 'w' => "u",
        'ф' => "f",
        'х' | 'һ' | 'x' => "h",
        'ц' => "ts",
        'ч' | 'ç' => "kh",
        'ш' | 'щ' | 'ş' => "sh",
        'ю' => "iu",
        'я' => "ia",
        'ь' | 'ъ' => "",
        other => {
            unicode_normalization::char::decompose_canonical(other, |part| {
                if !is_combining_mark(part) {
                    word.push(part);
                }
            });
            return;
        }
    };
    word.push_str(latin);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_word_in_every_script() {
        for spellings in [
            &["Жезқазған", "Жезказган", "Zhezkazgan", "Jezqazğan"][..],
            &[
                "Қызылорда",
                "Кызылорда",
                "Kyzylorda",
                "Qyzylorda",
                "Qızılorda",
            ],
            &["Шымкент", "Shymkent", "Şymkent"],
            &["Ақтөбе", "Актобе", "Aktobe", "Aqtöbe"],
            &["Щучинск", "Shchuchinsk"],
            &["Талғар", "Талгар", "Talghar"],
            &["Есіл", "Есиль", "Yesil", "Esil"],
        ] {
            let folded: Vec<_> = spellings.iter().map(|name| words(name)).collect();
            assert!(
                folded.windows(2).all(|pair| pair[0] == pair[1]),
                "{spellings:?} fold to {folded:?}"
            );
        }
    }

    #[test]
    fn digits_stay_themselves_and_lose_only_leading_zeros() {
        assert_eq!(words("№ 0110-007б"), ["110", "7", "b"]);
        assert_eq!(words("1100"), ["1100"]);
        assert_eq!(words("000"), ["0"]);
    }

    #[test]
    fn composed_and_decomposed_letters_are_the_same() {
        assert_eq!(
            words("й ё ğ"),
            words("\u{438}\u{306} \u{435}\u{308} g\u{306}")
        );
    }

    proptest::proptest! {
        #[test]
        fn any_text_folds_without_spaces_or_empty_words(text in "\\PC*") {
            for word in words(&text) {
                proptest::prop_assert!(!word.is_empty() && !word.contains(' '));
            }
        }
    }
}
