//! Accounts: signing in and out, one's own account, and those of others.

mod browser;
pub mod code;
pub mod keys;
pub mod leave;
pub mod list;
pub mod manage;
pub mod password;
pub mod provider;
pub mod second_factor;
pub mod show;
pub mod sign_in;
mod square_code;
