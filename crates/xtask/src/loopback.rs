//! One question to a program on this machine over plain HTTP: enough for `field-host`, and nothing else.

use crate::trouble::{Outcome, Trouble};
use serde_json::Value;
use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

/// Enrolment downloads the register, so an answer may take a while.
const PATIENCE: Duration = Duration::from_secs(180);

/// Calls a command of the core.
pub(crate) fn call(port: u16, name: &str, arguments: &Value) -> Outcome<Value> {
    let answer = post(port, &format!("/api/{name}"), &arguments.to_string()).map_err(|source| {
        Trouble::Unstartable {
            program: format!("the command {name}"),
            source,
        }
    })?;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    let refused = || Trouble::Refused {
        who: format!("the command {name}"),
        answer: answer.clone(),
    };
    if !head.starts_with("HTTP/1.1 200") {
        return Err(refused());
    }
    serde_json::from_str(body.trim()).map_err(|_| refused())
}

fn post(port: u16, path: &str, body: &str) -> io::Result<String> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    // Version 1.0: the answer is not chunked, and ends where the connection does.
    write!(
        stream,
        "POST {path} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    // Some servers answer a 1.0 question as 1.0.
    Ok(answer.replacen("HTTP/1.0", "HTTP/1.1", 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::io::{BufRead as _, BufReader};
    use std::net::TcpListener;
    use std::thread;

    /// Answers one question with this, and returns the question's first line.
    fn answer_once(answer: &'static str) -> (u16, thread::JoinHandle<String>) {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a listener");
        let port = listener.local_addr().expect("an address").port();
        let asked = thread::spawn(move || {
            let (mut stream, _) = listener.accept().expect("a question");
            let mut reader = BufReader::new(stream.try_clone().expect("a second handle"));
            let mut first = String::new();
            reader.read_line(&mut first).expect("a first line");
            let mut length = 0;
            let mut line = String::new();
            while reader.read_line(&mut line).is_ok_and(|read| read > 2) {
                if let Some(value) = line.strip_prefix("Content-Length: ") {
                    length = value.trim().parse().expect("a length");
                }
                line.clear();
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body).expect("a body");
            stream.write_all(answer.as_bytes()).expect("an answer");
            first
        });
        (port, asked)
    }

    #[test]
    fn an_answer_is_returned_and_a_refusal_is_an_error() {
        let (port, asked) = answer_once("HTTP/1.0 200 OK\r\n\r\n{\"phase\":\"open\"}");
        assert_eq!(
            call(port, "status", &json!({})).expect("an answer"),
            json!({ "phase": "open" })
        );
        assert_eq!(
            asked.join().expect("a question").trim(),
            "POST /api/status HTTP/1.0"
        );

        let (port, _) = answer_once("HTTP/1.1 409 Conflict\r\n\r\n{\"code\":\"wrong_pin\"}");
        let refusal = call(port, "unlock", &json!({ "pin": "000000" })).expect_err("a refusal");
        assert!(refusal.to_string().contains("wrong_pin"));
    }
}
