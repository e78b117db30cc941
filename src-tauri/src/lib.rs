//! The shell and nothing else: a window around [`baqylau_field::Core`], one command, one event.
//!
//! What the window may load and call is in `tauri.conf.json` and `capabilities/`; `cargo xtask check` holds both.

use baqylau_field::view::{Event, Failure};
use baqylau_field::{Core, HttpsConnector, SystemClock, SystemIds};
use serde_json::Value;
use std::path::PathBuf;
use std::sync::Arc;
use tauri::{App, AppHandle, Emitter as _, Manager as _, State, async_runtime};
use tokio::sync::broadcast::error::RecvError;

/// How the app ended.
pub type Opened = Result<(), tauri::Error>;

/// The name of the one event. Its payload is [`Event`].
const EVENT: &str = "core";

/// Says where the app's data are, instead of the system's folder for them: for demonstrations and tests.
const DATA: &str = "BAQYLAU_DATA";

/// Runs a command of the core's table. Authorisation, and every refusal, is the core's.
#[tauri::command]
async fn call(core: State<'_, Core>, name: String, args: Value) -> Result<Value, Failure> {
    core.call(&name, args).await
}

/// Opens the window and stays until it is closed.
///
/// # Errors
/// When the system gives no window, or no folder for data.
#[cfg_attr(mobile, tauri::mobile_entry_point)]
pub fn open() -> Opened {
    baqylau_field::forbid_memory_dumps();
    tauri::Builder::default()
        .invoke_handler(tauri::generate_handler![call])
        .setup(|app| {
            let core = core(data_folder(app)?);
            async_runtime::spawn(forward(core.clone(), app.handle().clone()));
            async_runtime::spawn(core.clone().keep_watch());
            async_runtime::spawn(core.clone().keep_in_touch());
            app.manage(core);
            Ok(())
        })
        .run(tauri::generate_context!())
}

fn data_folder(app: &App) -> Result<PathBuf, tauri::Error> {
    match std::env::var_os(DATA) {
        Some(folder) => Ok(PathBuf::from(folder)),
        None => app.path().app_data_dir(),
    }
}

fn core(data: PathBuf) -> Core {
    Core::new(
        &data,
        Arc::new(SystemClock),
        Arc::new(SystemIds),
        Arc::new(HttpsConnector),
    )
}

/// Passes the core's events to the window for as long as there is a core.
async fn forward(core: Core, window: AppHandle) {
    let mut events = core.subscribe();
    drop(core);
    loop {
        let event = match events.recv().await {
            Ok(event) => event,
            // Whoever missed some asks for everything again.
            Err(RecvError::Lagged(_)) => Event::ReportsChanged,
            Err(RecvError::Closed) => return,
        };
        // A window that is closing no longer listens, and needs not.
        let _ = window.emit(EVENT, event);
    }
}
