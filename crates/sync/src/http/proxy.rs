//! A proxy that the network asks for, or one that hides where headquarters is.

use super::client::HttpError;
use reqwest::Url;
use std::fmt;
use std::str::FromStr;

/// A proxy's address: `http://host:port` (CONNECT) or `socks5h://host:port`, where the proxy looks names up too, as Tor
/// wants it. Without a scheme it is the former.
///
/// One with a name and a password in it is refused: it is kept where anybody can read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proxy(Url);

impl Proxy {
    pub(super) fn rule(&self) -> Result<reqwest::Proxy, HttpError> {
        reqwest::Proxy::all(self.0.clone()).map_err(|_| HttpError::Proxy)
    }
}

impl FromStr for Proxy {
    type Err = HttpError;

    fn from_str(text: &str) -> Result<Self, HttpError> {
        let text = text.trim();
        let with_scheme = if text.contains("://") {
            // SOCKS 5 with names looked up here would tell the network whom the device talks to.
            text.replacen("socks5://", "socks5h://", 1)
        } else {
            format!("http://{text}")
        };
        let url = Url::parse(&with_scheme).map_err(|_| HttpError::Proxy)?;
        let is_bare = url.username().is_empty()
            && url.password().is_none()
            && matches!(url.path(), "" | "/")
            && url.query().is_none()
            && url.fragment().is_none();
        let is_known = match url.scheme() {
            "http" => true,
            "socks5h" => url.port().is_some(),
            _ => false,
        };
        if is_bare && is_known && url.has_host() && !text.chars().any(char::is_whitespace) {
            Ok(Self(url))
        } else {
            Err(HttpError::Proxy)
        }
    }
}

impl fmt::Display for Proxy {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_people_write_them() {
        for (written, meant) in [
            ("127.0.0.1:3128", "http://127.0.0.1:3128"),
            (" proxy.example:8080/ ", "http://proxy.example:8080"),
            ("http://[::1]:8080", "http://[::1]:8080"),
            ("socks5://127.0.0.1:9050", "socks5h://127.0.0.1:9050"),
            ("socks5h://127.0.0.1:9050", "socks5h://127.0.0.1:9050"),
        ] {
            let proxy: Proxy = written.parse().expect(written);
            assert_eq!(proxy.to_string(), meant);
        }
    }

    #[test]
    fn what_is_no_proxy_or_would_keep_a_password_is_refused() {
        for written in [
            "",
            "   ",
            "http://",
            "ftp://127.0.0.1:21",
            "socks5h://127.0.0.1",
            "http://anna:secret@127.0.0.1:3128",
            "http://127.0.0.1:3128/path",
            "two words:80",
            "127.0.0.1:99999",
        ] {
            assert_eq!(written.parse::<Proxy>(), Err(HttpError::Proxy), "{written}");
        }
    }
}
