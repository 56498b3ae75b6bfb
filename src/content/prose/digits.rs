//! Digits of other scripts, read as 0 to 9.

/// The first digits of scripts that have their own: Arabic, Persian, Devanagari, Bengali, wide ones.
const ZEROS: [u32; 5] = [0x0660, 0x06f0, 0x0966, 0x09e6, 0xff10];

/// Each run of such digits as the same number in 0 to 9, with spaces behind it, so that all else stays where it was.
pub fn plain_digits(text: String) -> String {
    let digit = |letter: char| {
        let zero = ZEROS.iter().find(|zero| (**zero..**zero + 10).contains(&u32::from(letter)))?;
        char::from_digit(u32::from(letter) - zero, 10)
    };
    if !text.chars().any(|letter| digit(letter).is_some()) {
        return text;
    }
    let mut plain = String::with_capacity(text.len());
    let mut owed = 0;
    for letter in text.chars() {
        match digit(letter) {
            Some(digit) => {
                plain.push(digit);
                owed += letter.len_utf8() - 1;
            }
            None => {
                plain.extend(std::iter::repeat_n(' ', std::mem::take(&mut owed)));
                plain.push(letter);
            }
        }
    }
    plain.extend(std::iter::repeat_n(' ', owed));
    plain
}

#[cfg(test)]
mod tests {
    use super::plain_digits;

    #[test]
    fn digits_of_other_scripts_are_read_where_they_stand() {
        let text = "با ۱۱۵ تماس، ２４";
        let plain = plain_digits(text.to_owned());
        assert_eq!(plain.len(), text.len());
        assert_eq!((plain.find("115"), plain.find("24")), (text.find('۱'), text.find('２')));
    }
}
