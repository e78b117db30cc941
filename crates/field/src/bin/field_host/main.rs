//! `field-host`: the field app for a browser on this machine. A development and test tool: it serves
//! loopback only, and a release build of it refuses to serve unless it was built with the feature `host`.

mod guard;
mod routes;
mod script;

use baqylau_domain::{Clock, Moment};
use baqylau_field::{Core, HttpsConnector, SystemClock, SystemIds};
use clap::Parser;
use parking_lot::Mutex;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use tokio::net::TcpListener;

/// Serves the field app to a browser on this machine. A development and test tool, never for the field.
#[derive(Debug, Parser)]
#[command(version)]
struct Options {
    /// Folder of the app's data
    #[arg(long)]
    data: PathBuf,
    /// Folder of the built interface
    #[arg(long)]
    ui: Option<PathBuf>,
    /// Port on 127.0.0.1; 0 takes a free one
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Lets tests set the clock: POST /control/clock
    #[arg(long)]
    control: bool,
    /// Sends by itself when something waits
    #[arg(long)]
    auto_sync: bool,
    /// Serves nothing: answers questions without end and prints each acknowledged answer
    #[arg(long, requires = "pin")]
    crash_script: bool,
    /// With --crash-script: prints every answer in the store, then ends
    #[arg(long, requires = "crash_script")]
    print_answers: bool,
    /// With --crash-script: destroys everything while it goes on answering, says `wiping` and `wiped`, then ends
    #[arg(long, requires = "crash_script")]
    wipe: bool,
    /// With --crash-script: the PIN
    #[arg(long)]
    pin: Option<String>,
    /// With --crash-script: an enrolment code, for a device that is new
    #[arg(long)]
    code: Option<String>,
    /// With --crash-script: the form to fill in
    #[arg(long)]
    form: Option<String>,
}

/// The machine's clock, or a test's, which runs on from where it was set.
#[derive(Debug, Default)]
pub(crate) struct HostClock {
    shift: Mutex<Option<(i64, i16)>>,
}

impl Clock for HostClock {
    fn now(&self) -> Moment {
        let real = SystemClock.now();
        match *self.shift.lock() {
            Some((by_ms, offset_min)) => Moment {
                utc_ms: real.utc_ms + by_ms,
                offset_min,
            },
            None => real,
        }
    }
}

impl HostClock {
    pub(crate) fn set(&self, to: Moment) {
        *self.shift.lock() = Some((to.utc_ms - SystemClock.now().utc_ms, to.offset_min));
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
        .init();
    baqylau_field::forbid_memory_dumps();
    match run(Options::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("field-host: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Whether this build may serve at all.
const ALLOWED: bool = cfg!(any(debug_assertions, feature = "host"));

async fn run(options: Options) -> Result<(), Box<dyn std::error::Error>> {
    if !ALLOWED {
        return Err(
            "a development and test tool, left out of release builds (feature `host`)".into(),
        );
    }
    let clock = Arc::new(HostClock::default());
    let core = Core::new(
        &options.data,
        clock.clone(),
        Arc::new(SystemIds),
        Arc::new(HttpsConnector),
    );
    if options.crash_script {
        return script::run(&core, &options).await;
    }
    let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, options.port))).await?;
    let address = listener.local_addr()?;
    tokio::spawn(core.clone().keep_watch());
    if options.auto_sync {
        tokio::spawn(core.clone().keep_in_touch());
    }
    let control = options.control.then_some(clock);
    let app = routes::app(core, options.ui.as_deref(), address, control);
    eprintln!(
        "field-host is a development and test tool: anybody on this machine may use what it serves."
    );
    announce(&format!("http://{address}/"))?;
    axum::serve(listener, app)
        .with_graceful_shutdown(async {
            // Without a signal handler there is nothing to wait for; Ctrl-C then ends the process as usual.
            let _ = tokio::signal::ctrl_c().await;
        })
        .await?;
    Ok(())
}

/// The address, alone on standard output, so that a program can read it.
fn announce(address: &str) -> std::io::Result<()> {
    use std::io::Write as _;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{address}")?;
    out.flush()
}
