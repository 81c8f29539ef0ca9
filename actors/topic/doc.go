// Package topic is the actor of one dialog's forum topic: it decides what stays
// inside (comments, refusals, hints, service lines), hands everything for the
// client to the chat, and is the one maker of the topic at Telegram.
//
// It knows of the client only what the topic shows. It must never touch the
// file or the network, and holds nothing between messages: the topic's row
// comes with each.
package topic
