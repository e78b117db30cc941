//! The pages' door over real TLS: nothing without signing in, the figures after it.

use crate::device::Device;
use crate::office::serve;
use baqylau_hq::{Api, Running};
use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};
use std::sync::Arc;
use tempfile::TempDir;

/// A browser that does not look at certificates (a person confirms it once) and keeps the cookie by hand.
pub(crate) fn browser() -> Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
        .tls_danger_accept_invalid_certs(true)
        .build()
        .unwrap()
}

pub(crate) struct Page {
    client: Client,
    base: String,
    cookie: String,
}

impl Page {
    pub(crate) async fn signed_in(running: &Running) -> Self {
        let (client, base) = (browser(), format!("https://{}", running.addr));
        let token = running.headquarters.make_sign_in_token().unwrap();
        let reply = sign_in(&client, &base, &token).await;
        assert_eq!(reply.status(), StatusCode::OK);
        let cookie = reply.headers()["set-cookie"].to_str().unwrap();
        for word in ["HttpOnly", "Secure", "SameSite=Strict", "Path=/"] {
            assert!(cookie.contains(word), "{cookie}");
        }
        let cookie = cookie.split(';').next().unwrap().to_owned();
        Self {
            client,
            base,
            cookie,
        }
    }

    /// A file below the server's own address, as a signed-in browser asks for it or as anybody does.
    pub(crate) async fn file(&self, path: &str, is_signed_in: bool) -> reqwest::Response {
        let cookie = if is_signed_in { &*self.cookie } else { "" };
        self.client
            .get(format!("{}{path}", self.base))
            .header("cookie", cookie)
            .send()
            .await
            .unwrap()
    }

    pub(crate) async fn ask(
        &self,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> (StatusCode, Value) {
        let mut request = self
            .client
            .request(method, format!("{}/api{path}", self.base))
            .header("cookie", &self.cookie);
        if let Some(body) = body {
            request = request
                .header("content-type", "application/json")
                .body(body.to_string());
        }
        let reply = request.send().await.unwrap();
        let status = reply.status();
        (
            status,
            serde_json::from_slice(&reply.bytes().await.unwrap()).unwrap_or(Value::Null),
        )
    }

    async fn get(&self, path: &str) -> Value {
        let (status, body) = self.ask(Method::GET, path, None).await;
        assert_eq!(status, StatusCode::OK, "{path}: {body}");
        body
    }
}

async fn sign_in(client: &Client, base: &str, token: &str) -> reqwest::Response {
    let request = client
        .post(format!("{base}/api/sign-in"))
        .header("content-type", "application/json");
    request
        .body(json!({ "token": token }).to_string())
        .send()
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_page_and_no_export_answers_before_signing_in() {
    let data = TempDir::new().unwrap();
    let running = serve(data.path(), None).await;
    let client = browser();
    let routes = [
        (Method::GET, "/session"),
        (Method::GET, "/overview"),
        (Method::GET, "/indicators"),
        (Method::GET, "/indicators/I1/reports"),
        (Method::GET, "/reports/x"),
        (Method::GET, "/pictures/x/y"),
        (Method::GET, "/events"),
        (Method::POST, "/enrolments"),
        (Method::GET, "/export/reports.jsonl"),
        (Method::GET, "/nothing"),
        (Method::DELETE, "/session"),
    ];
    for (method, route) in routes {
        for cookie in ["", "__Host-baqylau=guess"] {
            let url = format!("https://{}/api{route}", running.addr);
            let reply = client
                .request(method.clone(), url)
                .header("cookie", cookie)
                .send()
                .await
                .unwrap();
            assert_eq!(reply.status(), StatusCode::UNAUTHORIZED, "{method} {route}");
        }
    }
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_administrators_link_works_once() {
    let data = TempDir::new().unwrap();
    let running = serve(data.path(), None).await;
    let link = running.make_admin_link().await.unwrap();
    let (client, base) = (browser(), format!("https://{}", running.addr));
    let token = link.split("token=").nth(1).unwrap();
    assert_eq!(
        sign_in(&client, &base, token).await.status(),
        StatusCode::OK
    );
    assert_eq!(
        sign_in(&client, &base, token).await.status(),
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(
        sign_in(&client, &base, "a guess").await.status(),
        StatusCode::UNAUTHORIZED
    );
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_sign_in_tokens_is_slowed_down() {
    let data = TempDir::new().unwrap();
    let running = serve(data.path(), None).await;
    let (client, base) = (browser(), format!("https://{}", running.addr));
    let mut statuses = Vec::new();
    for guess in 0..64 {
        statuses.push(
            sign_in(&client, &base, &format!("guess {guess}"))
                .await
                .status(),
        );
    }
    assert!(statuses.contains(&StatusCode::TOO_MANY_REQUESTS));
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_ends_the_session() {
    let data = TempDir::new().unwrap();
    let running = serve(data.path(), None).await;
    let page = Page::signed_in(&running).await;
    assert_eq!(page.get("/session").await["mission"]["event"], "TEST-1");
    assert_eq!(
        page.ask(Method::DELETE, "/session", None).await.0,
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        page.ask(Method::GET, "/overview", None).await.0,
        StatusCode::UNAUTHORIZED
    );
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_carries_the_strict_headers() {
    let (data, ui) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    std::fs::write(ui.path().join("hq.html"), "<!doctype html>").unwrap();
    let running = serve(data.path(), Some(ui.path().to_owned())).await;
    let client = browser();
    for path in ["/", "/api/overview", "/v1/blob/00", "/nothing"] {
        let reply = client
            .get(format!("https://{}{path}", running.addr))
            .send()
            .await
            .unwrap();
        let headers = reply.headers();
        let policy = headers["content-security-policy"].to_str().unwrap();
        assert!(
            policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
            "{policy}"
        );
        assert_eq!(headers["x-content-type-options"], "nosniff");
        assert_eq!(headers["referrer-policy"], "no-referrer");
    }
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_goes_from_the_device_to_overview_figure_and_detail() {
    let data = TempDir::new().unwrap();
    let running = serve(data.path(), None).await;
    let page = Page::signed_in(&running).await;
    let api = Api(Arc::clone(&running.headquarters));
    let mut device = Device::enrol_with(&running.headquarters, &api, "T1").await;
    device.visit("S1", "4");
    device.visit("S2", "1");
    device.send_all(&api).await;

    let overview = page.get("/overview").await;
    assert_eq!(
        (
            &overview["forms"][0]["accepted"],
            &overview["forms"][0]["expected"]
        ),
        (&2.into(), &4.into())
    );
    assert_eq!(
        (&overview["devices"], &overview["entries"]),
        (&1.into(), &6.into())
    );
    let team = overview["teams"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["team"] == "T1")
        .unwrap();
    assert_eq!(
        (&team["reports"]["visit"], &team["silent"]),
        (&2.into(), &false.into())
    );
    assert_eq!(team["journals"].as_array().unwrap().len(), 1);

    // A team that begins anew has another journal beside the first.
    let anew = Device::enrol_with(&running.headquarters, &api, "T1").await;
    let overview = page.get("/overview").await;
    let teams = overview["teams"].as_array().unwrap();
    let team = teams.iter().find(|row| row["team"] == "T1").unwrap();
    let journals = team["journals"].as_array().unwrap();
    let is_of = |device: &Device| {
        let id = json!(device.id());
        journals.iter().any(|it| it["device"] == id)
    };
    assert!(journals.len() == 2 && is_of(&device) && is_of(&anew));

    let figures = page.get("/indicators?by=region").await;
    let first = &figures["indicators"][0];
    assert_eq!(
        (&first["display"], &first["matches"]),
        (&"50.0%".into(), &true.into())
    );
    assert_eq!(
        (
            &first["breakdown"][0]["key"],
            &first["breakdown"][0]["label"]["ru"]
        ),
        (&"R1".into(), &"Север".into())
    );

    let behind = page.get("/indicators/I1/reports?by=region&key=R2").await;
    assert_eq!(
        (&behind["total"], &behind["rows"][0]["station_name"]["en"]),
        (&1.into(), &"School 2".into())
    );
    assert_eq!(
        (
            &behind["rows"][0]["in_numerator"],
            &behind["rows"][0]["in_denominator"]
        ),
        (&false.into(), &true.into())
    );

    let report = page
        .get(&format!(
            "/reports/{}",
            behind["rows"][0]["report"].as_str().unwrap()
        ))
        .await;
    let answer = &report["revisions"][0]["answers"]["rating"];
    assert_eq!(
        (&answer["question"]["ru"], &answer["label"]["en"]),
        (&"Общая оценка".into(), &"Very bad".into())
    );
    assert_eq!(
        (
            &report["verdict"],
            report["entries"].as_array().unwrap().len()
        ),
        (&"accepted".into(), 3)
    );
    assert_eq!(report["receipt"]["upto_seq"], 6);
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_made_on_the_page_enrols_a_device() {
    let data = TempDir::new().unwrap();
    let running = serve(data.path(), None).await;
    let page = Page::signed_in(&running).await;
    let (status, made) = page
        .ask(
            Method::POST,
            "/enrolments",
            Some(json!({ "team": "T2", "device_label": "spare" })),
        )
        .await;
    assert_eq!(status, StatusCode::OK);
    assert!(made["qr_svg"].as_str().unwrap().starts_with("<svg"));
    let code = baqylau_protocol::EnrolCode::from_text(made["code"].as_str().unwrap()).unwrap();
    assert_eq!(code.endpoints, [format!("https://{}", running.addr)]);
    assert_eq!(code.spki, running.spki);
    let (status, refused) = page
        .ask(
            Method::POST,
            "/enrolments",
            Some(json!({ "team": "T9", "device_label": "" })),
        )
        .await;
    assert_eq!(
        (status, &refused["code"]),
        (StatusCode::BAD_REQUEST, &"unknown_team".into())
    );
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_hears_of_a_change_at_once() {
    let data = TempDir::new().unwrap();
    let running = serve(data.path(), None).await;
    let page = Page::signed_in(&running).await;
    let url = format!("{}/api/events", page.base);
    let mut stream = page
        .client
        .get(url)
        .header("cookie", &page.cookie)
        .send()
        .await
        .unwrap();
    let api = Api(Arc::clone(&running.headquarters));
    let mut device = Device::enrol_with(&running.headquarters, &api, "T1").await;
    device.visit("S1", "4");
    device.send_all(&api).await;
    let chunk = tokio::time::timeout(std::time::Duration::from_secs(10), stream.chunk())
        .await
        .unwrap();
    let text = String::from_utf8(chunk.unwrap().unwrap().to_vec()).unwrap();
    assert!(text.contains(r#"{"event":"changed"}"#), "{text}");
    drop(stream);
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signed_in_page_downloads_the_export_and_the_audit_trail_says_so() {
    let data = TempDir::new().unwrap();
    let running = serve(data.path(), None).await;
    let page = Page::signed_in(&running).await;
    let url = format!("{}/api/export/indicators.csv", page.base);
    let text = page
        .client
        .get(url)
        .header("cookie", &page.cookie)
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(text.starts_with("id,form,unit"), "{text}");
    let trail = running
        .headquarters
        .ledger
        .read(|read| read.audit_trail())
        .unwrap();
    assert!(
        trail
            .iter()
            .any(|event| event.action == "exported" && event.subject == "indicators.csv")
    );
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_survive_a_restart_and_nobody_else_may_read_them() {
    let data = TempDir::new().unwrap();
    let first = serve(data.path(), None).await;
    let spki = first.spki;
    first.stop().await;
    let second = serve(data.path(), None).await;
    assert_eq!(second.spki, spki);
    second.stop().await;
    #[cfg(unix)]
    for entry in std::fs::read_dir(data.path().join("keys")).unwrap() {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = entry.unwrap().metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0);
    }
}
