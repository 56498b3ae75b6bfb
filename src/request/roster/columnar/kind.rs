//! What the values of a column are, and how a person would have typed them.

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use parquet::basic::{ConvertedType, LogicalType, TimeUnit, Type};
use parquet::schema::types::ColumnDescriptor;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Plain,
    Unsigned,
    Day,
    /// A time of day, in so many parts of a second.
    Time(i64),
    Moment {
        parts: i64,
        /// Whether it is a moment in UTC, and not what a clock on the wall says.
        is_utc: bool,
    },
    Decimal(u32),
    Uuid,
}

const MILLIS: i64 = 1_000;
const MICROS: i64 = 1_000_000;
const NANOS: i64 = 1_000_000_000;

impl Kind {
    /// # Errors
    ///
    /// What the values are, which is not read.
    pub fn of(column: &ColumnDescriptor) -> Result<Kind, &'static str> {
        let scale = || u32::try_from(column.type_scale()).unwrap_or(0);
        Ok(match (column.physical_type(), column.logical_type_ref(), column.converted_type()) {
            (Type::INT96, ..) => {
                return Err("holds times of an old form (INT96), which do not say their zone");
            }
            (Type::INT32 | Type::INT64, Some(LogicalType::Time(time)), _) => Kind::Time(parts(time.unit)?),
            (Type::INT64, Some(LogicalType::Timestamp(time)), _) => {
                Kind::Moment { parts: parts(time.unit)?, is_utc: time.is_adjusted_to_u_t_c }
            }
            (Type::FIXED_LEN_BYTE_ARRAY, Some(LogicalType::Uuid), _) => Kind::Uuid,
            (_, Some(LogicalType::Decimal(_)), _) | (_, _, ConvertedType::DECIMAL) => Kind::Decimal(scale()),
            (Type::INT32, _, ConvertedType::DATE) | (Type::INT32, Some(LogicalType::Date), _) => Kind::Day,
            (_, _, ConvertedType::TIME_MILLIS) => Kind::Time(MILLIS),
            (_, _, ConvertedType::TIME_MICROS) => Kind::Time(MICROS),
            (_, _, ConvertedType::TIMESTAMP_MILLIS) => Kind::Moment { parts: MILLIS, is_utc: true },
            (_, _, ConvertedType::TIMESTAMP_MICROS) => Kind::Moment { parts: MICROS, is_utc: true },
            (Type::INT32 | Type::INT64, Some(LogicalType::Integer(number)), _) if !number.is_signed => {
                Kind::Unsigned
            }
            (Type::INT32 | Type::INT64, _, converted) => match converted {
                ConvertedType::UINT_8
                | ConvertedType::UINT_16
                | ConvertedType::UINT_32
                | ConvertedType::UINT_64 => Kind::Unsigned,
                _ => Kind::Plain,
            },
            (Type::BOOLEAN | Type::FLOAT | Type::DOUBLE, ..) => Kind::Plain,
            (
                Type::BYTE_ARRAY | Type::FIXED_LEN_BYTE_ARRAY,
                None | Some(LogicalType::String | LogicalType::Enum | LogicalType::Json),
                ConvertedType::NONE | ConvertedType::UTF8 | ConvertedType::ENUM | ConvertedType::JSON,
            ) => Kind::Plain,
            _ => return Err("holds values of a kind that no column of a roster has"),
        })
    }

    /// A whole number as text; `None`: there is no such time.
    pub fn number(self, value: i64, bits: u32) -> Option<String> {
        match self {
            Kind::Day => {
                let epoch = NaiveDate::default();
                let days = Days::new(value.unsigned_abs());
                let day = if value < 0 { epoch.checked_sub_days(days) } else { epoch.checked_add_days(days) };
                Some(day?.format("%Y-%m-%d").to_string())
            }
            Kind::Time(parts) => {
                let (seconds, _) = split(value, parts)?;
                let time = NaiveTime::from_num_seconds_from_midnight_opt(u32::try_from(seconds).ok()?, 0)?;
                Some(time.format(if time.second() == 0 { "%H:%M" } else { "%H:%M:%S" }).to_string())
            }
            Kind::Moment { parts, is_utc } => {
                let (seconds, nanos) = split(value, parts)?;
                Some(written(DateTime::from_timestamp(seconds, nanos)?.naive_utc(), is_utc))
            }
            Kind::Decimal(scale) => Some(decimal(i128::from(value), scale)),
            Kind::Unsigned if bits == 32 => Some((value as u32).to_string()),
            Kind::Unsigned => Some((value as u64).to_string()),
            Kind::Plain | Kind::Uuid => Some(value.to_string()),
        }
    }

    /// Bytes as text; `None`: they are none.
    pub fn bytes(self, bytes: &[u8]) -> Option<String> {
        match self {
            Kind::Decimal(scale) => {
                let is_negative = bytes.first().is_some_and(|first| first & 0x80 != 0);
                let mut whole = [if is_negative { 0xff } else { 0 }; 16];
                let start = whole.len().checked_sub(bytes.len())?;
                whole.get_mut(start..)?.copy_from_slice(bytes);
                Some(decimal(i128::from_be_bytes(whole), scale))
            }
            Kind::Uuid => {
                let text = crate::hex::hex(bytes);
                let part = |range| text.get(range);
                let parts = [part(0..8)?, part(8..12)?, part(12..16)?, part(16..20)?, part(20..32)?];
                Some(parts.join("-"))
            }
            _ => std::str::from_utf8(bytes).ok().map(str::to_owned),
        }
    }
}

fn parts(unit: TimeUnit) -> Result<i64, &'static str> {
    Ok(match unit {
        TimeUnit::MILLIS => MILLIS,
        TimeUnit::MICROS => MICROS,
        TimeUnit::NANOS => NANOS,
    })
}

/// Whole seconds, and what is left in nanoseconds.
fn split(value: i64, parts: i64) -> Option<(i64, u32)> {
    let rest = value.rem_euclid(parts) * (NANOS / parts);
    Some((value.div_euclid(parts), u32::try_from(rest).ok()?))
}

/// As workbooks have it: a day without its time where that is midnight. A moment in UTC says that it is one.
fn written(at: NaiveDateTime, is_utc: bool) -> String {
    let form = match (at.num_seconds_from_midnight(), at.second()) {
        (0, _) if !is_utc => return at.format("%Y-%m-%d").to_string(),
        (_, 0) => "%Y-%m-%dT%H:%M",
        _ => "%Y-%m-%dT%H:%M:%S",
    };
    let zone = if is_utc { "+00:00" } else { "" };
    format!("{}{zone}", at.format(form))
}

/// Without noughts at its end.
fn decimal(value: i128, scale: u32) -> String {
    let digits = format!("{:0>width$}", value.unsigned_abs(), width = scale as usize + 1);
    let (whole, part) = digits.split_at(digits.len() - scale as usize);
    let part = part.trim_end_matches('0');
    let sign = if value < 0 { "-" } else { "" };
    let point = if part.is_empty() { "" } else { "." };
    format!("{sign}{whole}{point}{part}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_times_are_as_a_person_types_them() {
        let local = Kind::Moment { parts: NANOS, is_utc: false };
        let utc = Kind::Moment { parts: MILLIS, is_utc: true };
        for (kind, value, text) in [
            (Kind::Plain, -7, Some("-7")),
            (Kind::Unsigned, -1, Some("4294967295")),
            (Kind::Day, 20_781, Some("2026-11-24")),
            (Kind::Day, -1, Some("1969-12-31")),
            (Kind::Day, i64::from(i32::MAX), None),
            (Kind::Time(MICROS), 55_800_000_000, Some("15:30")),
            (Kind::Time(MILLIS), -1, None),
            (local, 1_795_534_200_000_000_000, Some("2026-11-24T15:30")),
            (local, 1_795_478_400_000_000_000, Some("2026-11-24")),
            (local, i64::MIN, Some("1677-09-21T00:12:43")),
            (utc, 1_795_534_205_500, Some("2026-11-24T15:30:05+00:00")),
            (utc, 1_795_478_400_000, Some("2026-11-24T00:00+00:00")),
            (utc, i64::MAX, None),
            (Kind::Decimal(2), 2400, Some("24")),
            (Kind::Decimal(2), -5, Some("-0.05")),
            (Kind::Decimal(0), 0, Some("0")),
        ] {
            assert_eq!(kind.number(value, 32).as_deref(), text, "{kind:?} {value}");
        }
    }

    #[test]
    fn bytes_are_text_numbers_or_ids() {
        assert_eq!(Kind::Plain.bytes("Zoë".as_bytes()).as_deref(), Some("Zoë"));
        assert_eq!(Kind::Plain.bytes(b"Zo\xeb"), None);
        assert_eq!(Kind::Decimal(1).bytes(&[0xff, 0x85]).as_deref(), Some("-12.3"));
        assert_eq!(Kind::Decimal(1).bytes(&[0; 17]), None);
        let uuid = "00010203-0405-0607-0809-0a0b0c0d0e0f";
        assert_eq!(Kind::Uuid.bytes(&(0..16).collect::<Vec<u8>>()).as_deref(), Some(uuid));
        assert_eq!(Kind::Uuid.bytes(&[0; 3]), None);
    }
}
