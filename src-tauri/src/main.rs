//! The field app on a desktop.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() -> baqylau_app::Opened {
    baqylau_app::open()
}
