//! A time as somebody typed it, in pieces.

use crate::content::built_in_dates;

/// Bytes of a time, at most.
pub const LONGEST: usize = 128;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    Number(String),
    Word(String),
    Sign(char),
}

/// Numbers, words and signs; space and commas only part them. What the built-in languages put between them is left out.
pub fn tokens(text: &str) -> Vec<Token> {
    let lower = built_in_dates().plain(text);
    let mut tokens: Vec<Token> = Vec::new();
    let mut parted = true;
    for character in lower.chars() {
        match (character, tokens.last_mut()) {
            (digit, Some(Token::Number(number))) if digit.is_ascii_digit() && !parted => number.push(digit),
            (digit, _) if digit.is_ascii_digit() => tokens.push(Token::Number(digit.to_string())),
            (letter, Some(Token::Word(word))) if letter.is_alphabetic() && !parted => word.push(letter),
            (letter, _) if letter.is_alphabetic() => tokens.push(Token::Word(letter.to_string())),
            (sign, _) if !sign.is_whitespace() && sign != ',' => tokens.push(Token::Sign(sign)),
            _ => {}
        }
        parted = character.is_whitespace() || character == ',';
    }
    tokens
}

/// Whether a time says that it is before noon: `5:30 am`.
pub fn says_morning(text: &str) -> bool {
    says(text, &["am", "a"])
}

/// Whether a time says which half of the day it is in, as clocks of twelve hours do.
pub fn says_half(text: &str) -> bool {
    says(text, &["am", "a", "pm", "p"])
}

fn says(text: &str, words: &[&str]) -> bool {
    let is_said = |token: &Token| matches!(token, Token::Word(word) if words.contains(&word.as_str()));
    text.len() <= LONGEST && tokens(text).iter().any(is_said)
}

pub fn number(text: &str) -> Option<u32> {
    (text.len() <= 4).then(|| text.parse().ok()).flatten()
}
