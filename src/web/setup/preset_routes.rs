//! Presets renamed and taken away on the set-up page.

use super::preset_rows;
use super::routes::{Opened, alone, respond, serve, shown, to_page};
use super::told;
use super::writing::{NotWritten, Plan};
use crate::web::context::{Context, PageLanguage};
use crate::web::desk::Desk;
use crate::web::form::Typed;
use crate::web::routes::{Posted, read_form};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

pub async fn presets(
    State(desk): State<Desk>,
    language: PageLanguage,
    form: Posted,
) -> Result<Response, Response> {
    let typed = read_form(&Context::new(&desk.site(), &language), form)?;
    Ok(respond(desk, language, move |desk, context| {
        alone(desk, context, |opened| changed(desk, context, opened, typed))
    })
    .await)
}

fn changed(desk: &Desk, context: &Context<'_>, opened: Opened, typed: Typed) -> Response {
    let folder = opened.base.folder.clone();
    let mut state = opened.state();
    let fields = opened.fields.clone();
    let engine = &context.site.engine;
    let plan = preset_rows::plan(&opened.base, engine, &typed).map_err(NotWritten::from);
    let nothing = plan.as_ref().is_ok_and(Plan::is_empty);
    if nothing {
        state.said = context.word("setup.told.same", &[]);
        return shown(context, StatusCode::OK, &folder, &fields, &state);
    }
    let drafts = typed.has("drafts", "yes");
    let written = plan.and_then(|plan| opened.base.write(&plan, engine, context.site.now(), drafts));
    match written.and_then(|engine| serve(desk, context, engine, &folder)) {
        Ok(()) => to_page("saved"),
        Err(refused) => {
            state.notices = told::notices(context, &Plan::new(), &refused);
            state.presets = Some(typed);
            shown(context, StatusCode::UNPROCESSABLE_ENTITY, &folder, &fields, &state)
        }
    }
}
