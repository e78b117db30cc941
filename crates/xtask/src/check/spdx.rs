//! Licence expressions as packages write them: names joined by AND, OR, WITH, brackets, and the old slash.

/// Whether what an expression asks for can be met with licences that `is_allowed` accepts.
/// `None` when it cannot be read.
pub(super) fn is_met(expression: &str, is_allowed: &dyn Fn(&str) -> bool) -> Option<bool> {
    let spaced = expression
        .replace('(', " ( ")
        .replace(')', " ) ")
        .replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut reader = Reader {
        words: &words,
        is_allowed,
    };
    let met = reader.either()?;
    reader.words.is_empty().then_some(met)
}

struct Reader<'a> {
    words: &'a [&'a str],
    is_allowed: &'a dyn Fn(&str) -> bool,
}

impl Reader<'_> {
    fn either(&mut self) -> Option<bool> {
        let mut met = self.both()?;
        while self.takes("OR") {
            met |= self.both()?;
        }
        Some(met)
    }

    fn both(&mut self) -> Option<bool> {
        let mut met = self.one()?;
        while self.takes("AND") {
            met &= self.one()?;
        }
        Some(met)
    }

    fn one(&mut self) -> Option<bool> {
        if self.takes("(") {
            let met = self.either()?;
            return self.takes(")").then_some(met);
        }
        let (name, rest) = self.words.split_first()?;
        if ["AND", "OR", "WITH", ")"].contains(name) {
            return None;
        }
        self.words = rest;
        if self.takes("WITH") {
            let (exception, rest) = self.words.split_first()?;
            self.words = rest;
            return Some(
                (self.is_allowed)(&format!("{name} WITH {exception}")) || (self.is_allowed)(name),
            );
        }
        Some((self.is_allowed)(name))
    }

    fn takes(&mut self, word: &str) -> bool {
        let is_next = self.words.first() == Some(&word);
        if is_next {
            self.words = &self.words[1..];
        }
        is_next
    }
}

#[cfg(test)]
mod tests {
    use super::is_met;

    fn met(expression: &str) -> Option<bool> {
        is_met(expression, &|name| {
            ["MIT", "Apache-2.0", "Unicode-3.0"].contains(&name)
        })
    }

    #[test]
    fn expressions_are_met_as_they_say() {
        assert_eq!(met("MIT OR GPL-3.0"), Some(true));
        assert_eq!(met("MIT AND GPL-3.0"), Some(false));
        assert_eq!(met("(MIT OR Apache-2.0) AND Unicode-3.0"), Some(true));
        assert_eq!(met("Apache-2.0/MIT"), Some(true));
        assert_eq!(met("Apache-2.0 WITH LLVM-exception"), Some(true));
        assert_eq!(
            met("GPL-2.0 WITH Classpath-exception-2.0 OR MIT"),
            Some(true)
        );
        assert_eq!(met("GPL-3.0-only"), Some(false));
    }

    #[test]
    fn nonsense_is_not_met_but_unreadable() {
        for nonsense in ["", "MIT OR", "(MIT", "MIT)", "AND MIT", "MIT Apache-2.0"] {
            assert_eq!(met(nonsense), None, "{nonsense}");
        }
    }
}
