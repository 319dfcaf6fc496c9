//! What the server asks its client, and the client's answers.
//!
//! A request is on its way when [`Client::request`] returns; who wants its answer awaits the
//! future. Nobody has to: a handler that waits here is one of many that wait, and the reader of
//! messages goes on. A client that never answers holds no more than [`MOST_WAITING`] of them.

use std::collections::BTreeMap;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::sync::oneshot;
use tower_lsp::jsonrpc::{Error, Id};
use tower_lsp::lsp_types::notification::Notification;
use tower_lsp::lsp_types::request::Request;

use super::framed::Framed;
use super::log;
use super::outbox::Outbox;
use super::spelling::Spellings;

/// Requests that may wait for their answers; of more, the oldest is given up. A client has a
/// few at a time, if it answers at all.
const MOST_WAITING: usize = 64;

/// The other end. Clones share what waits.
#[derive(Clone, Debug)]
pub(super) struct Client {
    outbox: Outbox,
    spellings: Arc<Spellings>,
    waiting: Arc<Mutex<Waiting>>,
}

/// Who waits for answers, by the ids of the requests.
#[derive(Debug, Default)]
struct Waiting {
    last: i64,
    senders: BTreeMap<i64, oneshot::Sender<Answer>>,
}

/// A message without a method. One that says neither what came out nor what went wrong is
/// taken for `null`, as some clients write it.
#[derive(Debug, Deserialize)]
pub(super) struct Answer {
    id: Option<Id>,
    #[serde(default)]
    result: Value,
    error: Option<Error>,
}

/// A request or notification of ours.
#[derive(Serialize)]
struct Message<'a> {
    jsonrpc: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<i64>,
    method: &'static str,
    #[serde(skip_serializing_if = "Value::is_null")]
    params: &'a Value,
}

impl Client {
    pub(super) fn new(outbox: Outbox, spellings: Arc<Spellings>) -> Self {
        Self { outbox, spellings, waiting: Arc::default() }
    }

    /// Asks. The future gives the answer; `None` where the client refuses, answers something
    /// else, or was asked so much since that nobody waits any more.
    pub(super) fn request<R: Request>(
        &self,
        params: R::Params,
    ) -> impl Future<Output = Option<R::Result>> + Send + use<R> {
        let (sender, receiver) = oneshot::channel();
        let id = self.waiting().add(sender);
        let place = Place { waiting: Arc::clone(&self.waiting), id };
        self.send(Some(id), R::METHOD, params);
        async move {
            let answer = receiver.await;
            drop(place);
            let Answer { result, error, .. } = answer.ok()?;
            if let Some(error) = error {
                log::line(format_args!("the client refuses {}: {error}", R::METHOD));
                return None;
            }
            let typed = serde_json::from_value(result);
            let unreadable = |error| {
                log::line(format_args!("the answer to {} cannot be read: {error}", R::METHOD));
            };
            typed.map_err(unreadable).ok()
        }
    }

    /// Tells.
    pub(super) fn notify<N: Notification>(&self, params: N::Params) {
        self.send(None, N::METHOD, params);
    }

    /// Gives an answer to who waits for it; to nobody, where it was given up or never asked for.
    pub(super) fn answered(&self, answer: Answer) {
        let Some(Id::Number(id)) = answer.id else { return };
        let sender = self.waiting().senders.remove(&id);
        if let Some(sender) = sender {
            // Who waited may have gone meanwhile.
            let _ = sender.send(answer);
        }
    }

    fn send(&self, id: Option<i64>, method: &'static str, params: impl Serialize) {
        let mut frame = Framed::default();
        let written = serde_json::to_value(params).and_then(|mut params| {
            self.spellings.restore(&mut params);
            frame.json(&Message { jsonrpc: "2.0", id, method, params: &params })
        });
        match written {
            Ok(()) => self.outbox.answer(frame.bytes()),
            Err(error) => log::line(format_args!("{method} cannot be written: {error}")),
        }
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        lock(&self.waiting)
    }
}

impl Waiting {
    fn add(&mut self, sender: oneshot::Sender<Answer>) -> i64 {
        while self.senders.len() >= MOST_WAITING {
            self.senders.pop_first();
        }
        self.last += 1;
        self.senders.insert(self.last, sender);
        self.last
    }
}

/// A place among those that wait, given back when nobody waits there any more.
struct Place {
    waiting: Arc<Mutex<Waiting>>,
    id: i64,
}

impl Drop for Place {
    fn drop(&mut self) {
        lock(&self.waiting).senders.remove(&self.id);
    }
}

fn lock(waiting: &Mutex<Waiting>) -> MutexGuard<'_, Waiting> {
    waiting.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;
    use serde_json::json;
    use tower_lsp::lsp_types::ConfigurationParams;
    use tower_lsp::lsp_types::request::WorkspaceConfiguration;

    use super::*;

    fn client() -> Client {
        Client::new(Outbox::new(None), Arc::default())
    }

    fn ask(client: &Client) -> impl Future<Output = Option<Vec<Value>>> + use<> {
        client.request::<WorkspaceConfiguration>(ConfigurationParams { items: Vec::new() })
    }

    fn answer(client: &Client, body: Value) {
        client.answered(serde_json::from_value(body).unwrap());
    }

    #[test]
    fn answers_reach_who_asked_in_any_order() {
        let client = client();
        let (mut first, mut second) = (Box::pin(ask(&client)), Box::pin(ask(&client)));
        answer(&client, json!({"id": 2, "result": ["b"]}));
        assert_eq!((&mut first).now_or_never(), None);
        assert_eq!((&mut second).now_or_never(), Some(Some(vec![json!("b")])));
        answer(&client, json!({"id": 1, "result": ["a"]}));
        assert_eq!(first.now_or_never(), Some(Some(vec![json!("a")])));
    }

    #[test]
    fn a_refusal_and_an_answer_of_another_shape_are_none() {
        let client = client();
        let error = json!({"code": -32601, "message": "unknown"});
        for (id, body) in [(1, json!({"error": error})), (2, json!({"result": 5})), (3, json!({}))]
        {
            let asked = ask(&client);
            let mut body = body;
            body["id"] = json!(id);
            answer(&client, body);
            assert_eq!(asked.now_or_never(), Some(None));
        }
    }

    #[test]
    fn what_nobody_asked_for_does_no_harm() {
        let client = client();
        for id in [json!(7), json!("x"), Value::Null] {
            answer(&client, json!({"id": id, "result": null}));
        }
        let asked = ask(&client);
        assert_eq!(client.waiting().senders.len(), 1);
        drop(asked);
        assert_eq!(client.waiting().senders.len(), 0);
        answer(&client, json!({"id": 1, "result": []}));
    }

    #[test]
    fn of_many_that_are_never_answered_the_oldest_are_given_up() {
        let client = client();
        let asked: Vec<_> = (0..MOST_WAITING + 2).map(|_| Box::pin(ask(&client))).collect();
        assert_eq!(client.waiting().senders.len(), MOST_WAITING);
        let ended = asked.into_iter().map(|it| it.now_or_never().is_some());
        let ended: Vec<_> = ended.collect();
        assert_eq!(ended.iter().position(|it| !it), Some(2));
        assert_eq!(client.waiting().senders.len(), 0);
    }
}
