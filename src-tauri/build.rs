//! Declares the window's only command, so that a capability has to name it, and embeds the built interface.

use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    if !Path::new("../ui/dist/field.html").exists() {
        return Err("The interface is not built. Run `npm ci` and `npm run build` in ui, or `cargo xtask demo`.".into());
    }
    println!("cargo:rerun-if-changed=../ui/dist");
    let commands = tauri_build::AppManifest::new().commands(&["call"]);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(commands))?;
    Ok(())
}
