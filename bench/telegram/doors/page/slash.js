// The commands that bots offer, shown while one types "/", as Telegram does.
import { $, make, button, arrows } from './dom.js';
import { menu } from './dialog.js';

export class Slash {
  constructor(composer, root) {
    this.composer = composer;
    this.commands = [];
    this.box = $('.commands', root);
    this.opener = $('.slash', root);
    this.opener.addEventListener('click', () => this.menu());
    arrows(this.box, 'button');
    this.box.addEventListener('keydown', (e) => {
      if (e.key === 'Escape') { e.stopPropagation(); this.close(); composer.focus(); }
      if (e.key === 'Tab') { e.preventDefault(); this.complete(document.activeElement.dataset.command); }
    });
  }

  get open() { return !this.box.hidden; }

  // offer takes the commands that the person may be shown here.
  offer(commands) {
    this.commands = commands;
    this.opener.hidden = !commands.length;
  }

  // typed shows the commands that begin as what stands in the field.
  typed(text) {
    const word = (text.match(/^\/(\w*)$/) || [])[1];
    const found = word === undefined ? [] : this.commands.filter((c) => c.command.startsWith(word.toLowerCase()));
    this.box.replaceChildren(...found.map((c) => button([make('b', {}, '/' + c.command), make('small', {}, c.description)], () => this.say(c),
      { class: 'result', 'data-command': c.command, title: 'Enter sends it, Tab writes it' })));
    this.box.hidden = !found.length;
  }

  // key does what a key in the field means for the list; false = nothing.
  key(e) {
    const act = { Escape: () => this.close(), Tab: () => this.complete(''), ArrowDown: () => $('button', this.box).focus() }[e.key];
    if (!act) return false;
    e.preventDefault();
    e.stopPropagation();
    act();
    return true;
  }

  // complete writes a command, the first one if none is named, to go on typing.
  complete(command) {
    const { composer } = this;
    composer.input.value = '/' + (command || $('button', this.box).dataset.command) + ' ';
    this.close();
    composer.focus();
  }

  // word is the command as Telegram sends it: in groups with its bot.
  word(c) { return '/' + c.command + (this.composer.pane.kind === 'private' ? '' : '@' + c.bot_name); }

  say(c) {
    this.composer.input.value = this.word(c);
    this.composer.send();
  }

  // menu opens all commands at the button beside the field.
  menu() {
    menu(this.opener, this.commands.map((c) => ({ icon: '/', label: `${c.command} – ${c.description}`, run: () => this.composer.pane.say(this.word(c)) })), 'Commands');
  }

  close() { this.box.hidden = true; }
}
