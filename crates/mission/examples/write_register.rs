//! Writes the generated tables of a mission folder: `cargo run -p baqylau-mission --example write_register -- FOLDER`.

use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args_os()
        .nth(1)
        .map(PathBuf::from)
        .ok_or("which mission folder?")?;
    baqylau_mission::synthetic::write_register(&folder)?;
    Ok(())
}
