package dev.crease.verifier.tree;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.crease.BadInput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Reads what a tree is made of, in the order in which it is written, and knows where it is. */
final class Reader {

  /** Far beyond what a proof needs, and far from what overflows. */
  private static final double MOST = 1e100;

  private static final int MOST_DIGITS = 9;
  private static final int SHOWN = 6;

  private final JsonParser json;

  /** The face, and the splits down to the node. */
  private final Deque<String> path = new ArrayDeque<>();

  /** How many steps of the node, and of those on the way to it, have been begun. */
  private final Deque<Integer> steps = new ArrayDeque<>();

  Reader(JsonParser json) {
    this.json = json;
  }

  void enter(String place) {
    path.addLast(place);
    steps.addLast(0);
  }

  void leave() {
    path.removeLast();
    steps.removeLast();
  }

  /** Goes on with the other child of a split. */
  void turn(String from, String to) throws IOException {
    String place = path.getLast();
    leave();
    named(to);
    enter(place.substring(0, place.length() - from.length()) + to);
    beginsList();
  }

  void step() {
    steps.addLast(steps.removeLast() + 1);
  }

  /** How many splits lie above the node. */
  int depth() {
    return path.size();
  }

  /** The place, and what is wrong there, in one line. */
  String at(String what) {
    List<String> places = new ArrayList<>(path);
    if (places.size() > SHOWN) {
      places.subList(1, places.size() - SHOWN + 1).clear();
      places.add(1, "...");
    }
    String step = steps.isEmpty() || steps.getLast() == 0 ? " " : ", step " + steps.getLast() + " ";
    return (places.isEmpty() ? "lower.faces" : String.join(", ", places)) + step + what;
  }

  BadInput bad(String what) {
    return new BadInput("certificate: " + at(what));
  }

  NotProved refused(String what) {
    return new NotProved(at(what));
  }

  /** Whether a list or an object has more. */
  boolean hasNext(JsonToken end) throws IOException {
    return json.nextToken() != end;
  }

  /** Where the next item of a list, already begun, is to be an object. */
  void beginsObject() {
    expect(json.currentToken(), JsonToken.START_OBJECT, "an object");
  }

  void opensObject() throws IOException {
    json.nextToken();
    beginsObject();
  }

  /** Whether an object goes on with this field, and does not end. */
  boolean has(String name) throws IOException {
    JsonToken next = json.nextToken();
    if (next == JsonToken.FIELD_NAME && !name.equals(json.currentName())) {
      throw unknown(json.currentName());
    }
    return next == JsonToken.FIELD_NAME;
  }

  void beginsList() throws IOException {
    expect(json.nextToken(), JsonToken.START_ARRAY, "a list");
  }

  void ends() throws IOException {
    has("");
    expect(json.currentToken(), JsonToken.END_OBJECT, "the end of an object");
  }

  private void expect(JsonToken found, JsonToken expected, String what) {
    if (found != expected) {
      throw bad("has something else where " + what + " is expected");
    }
  }

  /** The next field's name, in an object that has one. */
  String name() throws IOException {
    expect(json.nextToken(), JsonToken.FIELD_NAME, "a field");
    return json.currentName();
  }

  /** The name of the field that was begun. */
  String current() throws IOException {
    return json.currentName();
  }

  void named(String name) throws IOException {
    String found = name();
    if (!found.equals(name)) {
      throw bad("has no field " + name + " where it is expected");
    }
  }

  BadInput unknown(String name) {
    String brief = name.length() > 40 ? name.substring(0, 40) + "..." : name;
    return bad("has a field that is not known there: " + brief.replaceAll("[^\\p{Graph} ]", " "));
  }

  boolean isTrue() throws IOException {
    return json.nextToken() == JsonToken.VALUE_TRUE;
  }

  /** A whole number. */
  int integer() throws IOException {
    expect(json.nextToken(), JsonToken.VALUE_NUMBER_INT, "a whole number");
    if (json.getTextLength() > MOST_DIGITS) {
      throw bad("has a number of more than " + MOST_DIGITS + " digits where an index is expected");
    }
    return json.getIntValue();
  }

  int index(int count, String what) throws IOException {
    return checked(integer(), count, what);
  }

  private int checked(int index, int count, String what) {
    if (index < 0 || index >= count) {
      throw refused("names " + what + " " + index + ", but there are " + count);
    }
    return index;
  }

  private double multiplier() throws IOException {
    JsonToken token = json.currentToken();
    if (token != JsonToken.VALUE_NUMBER_INT) {
      expect(token, JsonToken.VALUE_NUMBER_FLOAT, "a number");
    }
    double value = Double.parseDouble(json.getText());
    if (!(Math.abs(value) <= MOST)) {
      throw bad("has a number beyond " + MOST);
    }
    return value;
  }

  /** Exactly as many numbers as the list has places. */
  void numbers(double[] into, String what) throws IOException {
    beginsList();
    int count = 0;
    for (; hasNext(JsonToken.END_ARRAY); count++) {
      double value = multiplier();
      if (count < into.length) {
        into[count] = value;
      } else {
        break;
      }
    }
    if (count != into.length || json.currentToken() != JsonToken.END_ARRAY) {
      throw refused("does not have " + into.length + " numbers as " + what);
    }
  }

  /** A sparse list, increasing. */
  void sparse(double[] into, String what, boolean mayBeNegative) throws IOException {
    beginsList();
    int last = -1;
    while (hasNext(JsonToken.END_ARRAY)) {
      expect(json.currentToken(), JsonToken.VALUE_NUMBER_INT, "an index");
      if (json.getTextLength() > MOST_DIGITS) {
        throw bad("has a number of more than " + MOST_DIGITS + " digits as an index");
      }
      int index = checked(json.getIntValue(), into.length, what);
      if (index <= last) {
        throw bad(
            "has " + what + " " + index + " after " + last + " in a list that is to increase");
      }
      last = index;
      json.nextToken();
      into[index] = multiplier();
      if (into[index] < 0 && !mayBeNegative) {
        throw bad("has a negative multiplier of " + what + " " + index);
      }
    }
  }

  /** A sparse list for each copy. */
  void byCopy(double[][] into, String what, boolean mayBeNegative) throws IOException {
    beginsList();
    sparse(into[0], what, mayBeNegative);
    sparse(into[1], what, mayBeNegative);
    expect(json.nextToken(), JsonToken.END_ARRAY, "the end of a list of two");
  }
}
