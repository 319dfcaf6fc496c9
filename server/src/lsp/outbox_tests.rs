//! Tests of the outbox: order, wholeness and bounds, with a client that reads when it is told.

use std::io;
use std::sync::Mutex as StdMutex;

use tokio::io::AsyncReadExt;

use super::*;

fn uri(number: usize) -> Url {
    Url::parse(&format!("file:///{number}.md")).unwrap()
}

/// A frame of some length that says what it is.
fn frame(name: &str, length: usize) -> Vec<u8> {
    let body = format!("{name} {}", "x".repeat(length));
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// Sends news in pieces, some of which say nothing.
fn news(outbox: &Outbox, topic: Topic, document: usize, frame: &[u8]) {
    let (first, rest) = frame.split_at(frame.len() / 3);
    let pieces = std::iter::once(first).chain(rest.chunks(99)).chain([&b""[..]]);
    let mut pieces: Vec<_> = pieces.map(IoSlice::new).collect();
    outbox.news(topic, &uri(document), &mut pieces);
}

/// The names of frames, which are whole and stand one behind the other.
fn names(mut bytes: &[u8]) -> Vec<String> {
    let mut names = Vec::new();
    while !bytes.is_empty() {
        let text = bytes.strip_prefix(b"Content-Length: ").unwrap();
        let end = text.windows(4).position(|it| it == b"\r\n\r\n").unwrap();
        let length: usize = std::str::from_utf8(&text[..end]).unwrap().parse().unwrap();
        let (body, rest) = text[end + 4..].split_at(length);
        let (name, filler) = std::str::from_utf8(body).unwrap().split_once(' ').unwrap();
        assert!(filler.bytes().all(|it| it == b'x'), "frames mingle in {name}");
        names.push(name.to_owned());
        bytes = rest;
    }
    names
}

/// An output that takes `room` bytes at once and no more.
fn narrow(room: usize) -> (Outbox, Arc<StdMutex<Vec<u8>>>) {
    let taken = Arc::new(StdMutex::new(Vec::new()));
    let output = Arc::clone(&taken);
    let now: TryWrite = Box::new(move |pieces| {
        let mut taken = output.lock().unwrap();
        let bytes: Vec<u8> = pieces.iter().flat_map(|it| &**it).copied().collect();
        let count = bytes.len().min(room - taken.len());
        taken.extend_from_slice(&bytes[..count]);
        if count == 0 { Err(ErrorKind::WouldBlock.into()) } else { Ok(count) }
    });
    (Outbox::new(Some(now)), taken)
}

/// All that the client is sent in the end: what went at once, and what the drain writes.
async fn all(outbox: &Outbox, taken: &StdMutex<Vec<u8>>) -> Vec<String> {
    outbox.close();
    let mut drained = Vec::new();
    outbox.drain(&mut drained).await;
    let mut bytes = taken.lock().unwrap().clone();
    bytes.extend(drained);
    names(&bytes)
}

#[tokio::test(flavor = "current_thread")]
async fn a_frame_is_written_at_once_while_nothing_waits() {
    let (outbox, taken) = narrow(1 << 20);
    outbox.answer(&frame("a", 10));
    news(&outbox, Topic::Diagnostics, 1, &frame("b", 10));
    assert_eq!(names(&taken.lock().unwrap()), ["a", "b"]);
    assert_eq!(all(&outbox, &taken).await, ["a", "b"]);
}

#[tokio::test(flavor = "current_thread")]
async fn of_news_that_waits_only_the_newest_of_each_topic_and_document_is_kept() {
    for room in [0, 1, 50, 300] {
        let (outbox, taken) = narrow(room);
        outbox.answer(&frame("first", 500));
        for version in 0..5000 {
            for document in 0..3 {
                let name = format!("d{document}v{version}");
                news(&outbox, Topic::Diagnostics, document, &frame(&name, 500));
            }
            news(&outbox, Topic::Status, 0, &frame(&format!("s{version}"), 20));
        }
        outbox.answer(&frame("last", 10));
        {
            let queue = outbox.queue();
            let waiting: usize = queue.news.iter().map(|it| it.2.capacity()).sum();
            assert!(waiting + queue.answers.len() < 10_000, "{waiting}");
        }
        let expected = ["first", "last", "d0v4999", "d1v4999", "d2v4999", "s4999"];
        assert_eq!(all(&outbox, &taken).await, expected, "{room}");
    }
}

#[tokio::test(flavor = "current_thread")]
async fn news_that_is_half_written_is_completed_and_the_newest_follows() {
    let (outbox, taken) = narrow(100);
    for version in 0..10 {
        news(&outbox, Topic::Diagnostics, 0, &frame(&format!("v{version}"), 200));
    }
    assert_eq!(all(&outbox, &taken).await, ["v0", "v9"]);
}

#[tokio::test(flavor = "current_thread")]
async fn an_output_that_always_waits_gets_everything_from_the_drain() {
    let outbox = Outbox::new(None);
    news(&outbox, Topic::Diagnostics, 0, &frame("old", 10));
    news(&outbox, Topic::Diagnostics, 0, &frame("new", 10));
    outbox.answer(&frame("answer", 10));
    assert_eq!(all(&outbox, &StdMutex::default()).await, ["answer", "new"]);
}

#[tokio::test(flavor = "current_thread")]
async fn no_message_is_read_while_too_many_answers_wait() {
    let (outbox, _) = narrow(0);
    outbox.room().await;
    outbox.answer(&frame("long", BACKLOG));
    let mut room = Box::pin(outbox.room());
    assert!(futures_util::poll!(&mut room).is_pending());
    let mut drained = Vec::new();
    let mut drain = Box::pin(outbox.drain(&mut drained));
    assert!(futures_util::poll!(&mut drain).is_pending(), "it goes on until it is closed");
    room.await;
}

#[tokio::test(flavor = "current_thread")]
async fn an_output_that_fails_keeps_nobody_waiting() {
    let now: TryWrite = Box::new(|_| Err(ErrorKind::BrokenPipe.into()));
    let outbox = Outbox::new(Some(now));
    outbox.answer(&frame("long", 2 * BACKLOG));
    outbox.room().await;
    let outbox = Outbox::new(None);
    outbox.answer(&frame("long", 2 * BACKLOG));
    let (output, client) = tokio::io::duplex(1);
    drop(client);
    let drain = outbox.drain(output);
    let room = async {
        outbox.room().await;
        outbox.answer(&frame("long", 2 * BACKLOG));
        outbox.room().await;
        outbox.close();
    };
    tokio::join!(drain, room);
}

#[cfg(unix)]
#[tokio::test(flavor = "current_thread")]
async fn over_a_socket_thousands_of_frames_of_several_tasks_stay_whole() -> io::Result<()> {
    use super::super::stdio::direct;

    let (ours, mut theirs) = tokio::net::UnixStream::pair()?;
    let mut output = direct::of_stream(ours);
    let outbox = Outbox::new(output.now.take());
    let drain = {
        let outbox = outbox.clone();
        tokio::spawn(async move { outbox.drain(output.later).await })
    };
    let send = |outbox: Outbox, document: usize| async move {
        for number in 0..3000 {
            let length = (number * 7919 + document) % 9000;
            outbox.answer(&frame(&format!("a{document}.{number}"), length / 10));
            let name = format!("d{document}.{number}");
            news(&outbox, Topic::Diagnostics, document, &frame(&name, length));
            outbox.room().await;
            tokio::task::yield_now().await;
        }
    };
    let senders = async move {
        let three = [1, 2, 3].map(|it| send(outbox.clone(), it));
        futures_util::future::join_all(three).await;
        outbox.close();
        drain.await.unwrap();
        // The last to hold the socket.
        drop(outbox);
    };
    let mut read = Vec::new();
    let (count, ()) = tokio::join!(theirs.read_to_end(&mut read), senders);
    count?;
    let names = names(&read);
    for document in 1..=3 {
        let of = |kind: &str| -> Vec<usize> {
            let prefix = format!("{kind}{document}.");
            names.iter().filter_map(|it| it.strip_prefix(&prefix)?.parse().ok()).collect()
        };
        assert_eq!(of("a"), (0..3000).collect::<Vec<_>>(), "every answer, in order");
        let news = of("d");
        assert!(news.is_sorted() && news.last() == Some(&2999), "the newest list comes last");
    }
    Ok(())
}
