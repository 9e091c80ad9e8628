package dev.crease.verifier;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crease.BadInput;
import dev.crease.verifier.tree.TreeCheck;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.hipparchus.fraction.BigFraction;

/** Reads certificate files. Everything in them has a limit, so that none keeps a reader busy. */
final class CertificateReader {

  private static final String SCHEMA = "crease-certificate/1";

  /** Trees: the schema comes first, and {@code lower} last. */
  private static final String TREES = "crease-certificate/2";

  /** The whole space: likewise. */
  private static final String CELLS = "crease-certificate/3";

  private static final Pattern SCHEMA_FIRST =
      Pattern.compile("\\s*\\{\\s*\"schema\"\\s*:\\s*\"([^\"]*)\"");

  private static final int FIRST_BYTES = 100;
  private static final String GZIP_MAGIC = "\u001f\u008b";

  /** All of a certificate of a tree but the tree. */
  private static final int MOST_HEADER_BYTES = 1 << 22;

  private static final int MOST_BYTES = 1 << 25;
  private static final int MOST_DIGITS = 10_000;
  private static final int MOST_ITEMS = 200_000;
  private static final int MOST_STEPS = 1000;
  private static final int MOST_OBJECTS = 100;
  private static final int MOST_NAMES = 100_000;

  /** Vertices and simplices in six dimensions, as many as are read. */
  private static final int MOST_TOKENS = 18 * MOST_ITEMS + 10_000;

  private static final int MOST_NUMBER = 100;
  private static final int MOST_NESTING = 10;

  /** In place of a number, for the whole space. */
  private static final String INF = "inf";

  private CertificateReader() {}

  static Certificate read(InputStream in) {
    return reading(
        () -> {
          BufferedInputStream file = new BufferedInputStream(in);
          String start = peek(file);
          if (start.isEmpty()) {
            throw new BadInput("the certificate is empty");
          }
          if (!start.startsWith(GZIP_MAGIC) && !start.equals(GZIP_MAGIC.substring(0, 1))) {
            // As it is, unpacked: nothing can hide behind the last bracket.
            return read(start, () -> {}, file);
          }
          Gzip gzip = Gzip.of(file);
          BufferedInputStream text = new BufferedInputStream(gzip);
          return read(peek(text), gzip, text);
        });
  }

  private static Certificate read(String start, Ending file, InputStream text) throws IOException {
    if (!start.isBlank() && !start.stripLeading().startsWith("{")) {
      throw new BadInput(
          "the certificate is neither JSON nor JSON that is compressed by gzip, as `crease radius"
              + " --certificate` writes it");
    }
    Matcher schema = SCHEMA_FIRST.matcher(start);
    String found = schema.lookingAt() ? schema.group(1) : "";
    return switch (found) {
      case TREES -> withTree(file, text);
      case CELLS -> withCells(file, text);
      default -> whole(file, text);
    };
  }

  /** The first bytes, which are read again. */
  private static String peek(BufferedInputStream in) throws IOException {
    in.mark(FIRST_BYTES);
    String start = new String(in.readNBytes(FIRST_BYTES), StandardCharsets.ISO_8859_1);
    in.reset();
    return start;
  }

  /** A file of which only the text is to be there. */
  private interface Ending {

    /** Requires that nothing follows the text, which was read to its end. */
    void refuseMore() throws IOException;
  }

  /** What may go wrong while a file is read. */
  private interface Reading<T> {
    T read() throws IOException;
  }

  /** Reads; says in one line what is wrong with a file that is no certificate. */
  private static <T> T reading(Reading<T> reading) {
    try {
      return reading.read();
    } catch (EOFException | JsonEOFException e) {
      throw new BadInput("the certificate is cut off", e);
    } catch (ZipException e) {
      throw new BadInput("the certificate is damaged: it cannot be unpacked as gzip", e);
    } catch (JsonProcessingException e) {
      throw new BadInput("the certificate is not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new BadInput("the certificate cannot be read: " + e.getMessage(), e);
    } catch (OutOfMemoryError e) {
      // What was read is let go of, so that there is memory again.
      throw new BadInput(
          "the certificate needs more memory than the "
              + (Runtime.getRuntime().maxMemory() >> 20)
              + " MB that Java has; give it more (-Xmx)",
          e);
    }
  }

  private static Certificate whole(Ending file, InputStream text) throws IOException {
    byte[] bytes = text.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw new BadInput("the certificate has more than " + MOST_BYTES + " bytes");
    }
    file.refuseMore();
    refuseCrowd(bytes);
    Field root = new Field("", mapper().readTree(bytes));
    root.has(
        Set.of("schema", "problem", "norm", "center", "maxRadius", "shared", "network"),
        Set.of("scale", "domain", "noise", "preparation", "other", "lower", "upper"));
    root.get("schema").word(Set.of(SCHEMA));
    return certificate(root, root.find("lower").map(CertificateReader::lower), bytes.length);
  }

  /** Reads up to the tree, which is checked while it is read. */
  private static Certificate withTree(Ending file, InputStream text) throws IOException {
    ObjectMapper mapper = new ObjectMapper(factory(TreeCheck.MOST_NESTING));
    Limited limited = new Limited(text);
    JsonParser json = mapper.createParser(limited);
    json.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    json.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
    json.nextToken();
    Field root = new Field("", fields(mapper, json, "lower"));
    root.has(
        Set.of("schema", "problem", "norm", "center", "maxRadius", "shared", "network"),
        Set.of("scale", "domain", "noise", "preparation", "other", "upper"));
    if (json.currentToken() == JsonToken.END_OBJECT) {
      end(json, file);
      return certificate(root, Optional.empty(), 0);
    }
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw root.bad("has a lower end that is not an object");
    }
    Field lower = new Field("lower", fields(mapper, json, "faces"));
    lower.get("assurance").word(Set.of("RIGOROUS"));
    lower.has(Set.of("assurance", "radius", "ball"), Set.of());
    if (json.currentToken() == JsonToken.END_OBJECT) {
      throw lower.bad("has no field faces");
    }
    limited.lift();
    boolean[] used = new boolean[1];
    Certificate.Source tree =
        (f, ball, claim, progress, scribes) ->
            reading(
                () -> {
                  if (used[0]) {
                    throw new IllegalStateException("a tree can be read once");
                  }
                  used[0] = true;
                  TreeCheck.Result result =
                      TreeCheck.check(json, f, ball, claim, progress, scribes);
                  if (json.nextToken() != JsonToken.END_OBJECT) {
                    throw lower.bad("goes on behind its faces");
                  }
                  if (json.nextToken() != JsonToken.END_OBJECT) {
                    throw root.bad("goes on behind lower, which is to be last");
                  }
                  end(json, file);
                  return result;
                });
    return certificate(
        root,
        Optional.of(
            new Certificate.Tree(
                lower.get("radius").rational(), lower.get("ball").exactDouble(), tree)),
        0);
  }

  /** Reads up to the cells, which are checked while they are read. */
  private static Certificate withCells(Ending file, InputStream text) throws IOException {
    ObjectMapper mapper = new ObjectMapper(factory(MOST_NESTING));
    Limited limited = new Limited(text);
    JsonParser json = mapper.createParser(limited);
    json.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    json.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
    json.nextToken();
    Field root = new Field("", fields(mapper, json, "lower"));
    root.has(
        Set.of("schema", "problem", "norm", "center", "maxRadius", "shared", "network"),
        Set.of("scale", "preparation"));
    root.get("maxRadius").word(Set.of(INF));
    if (json.currentToken() == JsonToken.END_OBJECT || json.nextToken() != JsonToken.START_OBJECT) {
      throw root.bad("has no lower end");
    }
    Field lower = new Field("lower", fields(mapper, json, "cells"));
    lower.has(Set.of("assurance", "radius", "point"), Set.of());
    lower.get("assurance").word(Set.of("EXACT"));
    lower.get("radius").word(Set.of(INF));
    if (json.currentToken() == JsonToken.END_OBJECT) {
      throw lower.bad("has no field cells");
    }
    limited.lift();
    boolean[] used = new boolean[1];
    Certificate.CellSource cells =
        (f, point, effort) ->
            reading(
                () -> {
                  if (used[0]) {
                    throw new IllegalStateException("a tree can be read once");
                  }
                  used[0] = true;
                  try {
                    long count = WholeSpaceCheck.check(f, point, new Cells(json), effort);
                    if (json.nextToken() != JsonToken.END_OBJECT) {
                      throw lower.bad("goes on behind its cells");
                    }
                    if (json.nextToken() != JsonToken.END_OBJECT) {
                      throw root.bad("goes on behind lower, which is to be last");
                    }
                    end(json, file);
                    return count;
                  } catch (UncheckedIOException e) {
                    throw e.getCause();
                  }
                });
    List<BigFraction> point = lower.get("point").list(Field::rational);
    return certificate(root, Optional.empty(), Optional.of(new Certificate.Whole(point, cells)), 0);
  }

  /** The fields of an object until its end, or until one that is left to be read. */
  private static ObjectNode fields(ObjectMapper mapper, JsonParser json, String last)
      throws IOException {
    ObjectNode fields = mapper.createObjectNode();
    while (json.nextToken() == JsonToken.FIELD_NAME && !json.currentName().equals(last)) {
      String name = json.currentName();
      json.nextToken();
      fields.set(name, mapper.readTree(json));
    }
    return fields;
  }

  private static void end(JsonParser json, Ending file) throws IOException {
    if (json.nextToken() != null) {
      throw new BadInput("the certificate goes on behind its end");
    }
    file.refuseMore();
  }

  /** Counts what is read of a file. */
  private static final class Counted extends FilterInputStream {

    private long count;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      count += read < 0 ? 0 : 1;
      return read;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int read = super.read(into, from, length);
      count += Math.max(0, read);
      return read;
    }
  }

  /** Tells whether a file is a single gzip stream; the library skips whatever follows it. */
  private static final class Gzip extends GZIPInputStream implements Ending {

    private static final int TRAILER = 8;

    private final Counted file;
    private final long header;

    static Gzip of(InputStream in) throws IOException {
      return new Gzip(new Counted(in));
    }

    private Gzip(Counted file) throws IOException {
      super(file);
      this.file = file;
      // So far only the header is read.
      this.header = file.count;
    }

    /** Requires that header, compressed bytes and trailer were all there is. */
    @Override
    public void refuseMore() throws IOException {
      if (read() >= 0 || file.read() >= 0 || header + inf.getBytesRead() + TRAILER != file.count) {
        throw new BadInput("the certificate goes on behind its end");
      }
    }
  }

  /** Ends what is too long to be read before the tree begins. */
  private static final class Limited extends FilterInputStream {

    private long left = MOST_HEADER_BYTES;

    Limited(InputStream in) {
      super(in);
    }

    void lift() {
      left = Long.MAX_VALUE;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int read = super.read(into, from, length);
      left -= Math.max(0, read);
      if (left < 0) {
        throw new BadInput(
            "the certificate has more than " + MOST_HEADER_BYTES + " bytes before its tree");
      }
      return read;
    }
  }

  private static JsonFactory factory(int nesting) {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxStringLength(2 * MOST_DIGITS + 2)
                .maxNumberLength(MOST_NUMBER)
                .maxNestingDepth(nesting)
                .build())
        .build();
  }

  private static ObjectMapper mapper() {
    return new ObjectMapper(factory(MOST_NESTING))
        .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }

  /** Refuses what would take much more memory as objects than it takes as text. */
  private static void refuseCrowd(byte[] bytes) throws IOException {
    int objects = 0;
    int names = 0;
    int items = 0;
    try (JsonParser tokens = mapper().createParser(bytes)) {
      for (JsonToken token = tokens.nextToken(); token != null; token = tokens.nextToken()) {
        objects += token == JsonToken.START_OBJECT ? 1 : 0;
        names += token == JsonToken.FIELD_NAME ? 1 : 0;
        items++;
        refuseMore(objects, MOST_OBJECTS, "objects");
        refuseMore(names, MOST_NAMES, "fields");
        refuseMore(items, MOST_TOKENS, "items");
      }
    }
  }

  private static void refuseMore(int count, int most, String what) {
    if (count > most) {
      throw new BadInput("the certificate has more than " + most + " " + what);
    }
  }

  private static Certificate certificate(Field root, Optional<Certificate.Lower> lower, int bytes) {
    return certificate(root, lower, Optional.empty(), bytes);
  }

  private static Certificate certificate(
      Field root, Optional<Certificate.Lower> lower, Optional<Certificate.Whole> whole, int bytes) {
    String norm = root.get("norm").word(Set.of("1", "2", "inf"));
    Optional<List<Double>> scale = root.find("scale").map(s -> s.list(Field::exactDouble));
    if (scale.isPresent()) {
      // The layer that takes points to inputs holds it.
      root.get("center").list(Field::exactDouble);
    }
    return new Certificate(
        root.get("problem").word(Set.of("local", "pseudo", "transformation")),
        norm,
        root.get("center").list(Field::rational),
        scale,
        root.find("domain").map(d -> d.list(CertificateReader::bounds)),
        root.find("noise").map(CertificateReader::noise),
        whole.isPresent() ? Optional.empty() : Optional.of(root.get("maxRadius").rational()),
        root.get("shared").map(CertificateReader::bounds),
        network(root.get("network")),
        root.find("other").map(CertificateReader::network),
        root.find("preparation")
            .map(CertificateReader::preparation)
            .orElseGet(() -> new Preparation(Map.of(), List.of(), 1, List.of())),
        lower,
        whole,
        root.find("upper").map(field -> upper(field, norm)),
        bytes);
  }

  private static Certificate.Bounds bounds(Field field) {
    List<BigFraction> ends = field.list(Field::rational);
    if (ends.size() != 2) {
      throw field.bad("is not an interval");
    }
    return new Certificate.Bounds(ends.get(0), ends.get(1));
  }

  private static Certificate.Noise noise(Field field) {
    field.has(Set.of("eps", "within"), Set.of());
    return new Certificate.Noise(field.get("eps").rational(), field.get("within").rational());
  }

  private static Certificate.Network network(Field field) {
    field.has(Set.of("name", "shape", "sha256"), Set.of());
    return new Certificate.Network(
        field.get("name").text(), field.get("shape").text(), field.get("sha256").text());
  }

  private static Preparation preparation(Field field) {
    field.has(Set.of("fix", "share", "steps", "outputs"), Set.of());
    int steps = field.get("steps").integer();
    if (steps < 1 || steps > MOST_STEPS) {
      throw field.bad("has " + steps + " steps; 1 to " + MOST_STEPS + " are read");
    }
    return new Preparation(
        field.get("fix").map(Field::exactDouble),
        field.get("share").list(Field::integer),
        steps,
        field.get("outputs").list(Field::integer));
  }

  private static Certificate.Lower lower(Field field) {
    if (field.get("assurance").word(Set.of("EXACT", "SOLVER")).equals("EXACT")) {
      field.has(Set.of("assurance", "radius", "vertices", "simplices"), Set.of());
      return new Certificate.Covered(
          field.get("radius").rational(),
          field.get("vertices").list(v -> v.list(Field::integer36).toArray(BigInteger[]::new)),
          field
              .get("simplices")
              .list(s -> s.list(Field::integer).stream().mapToInt(i -> i).toArray()));
    }
    Set<String> names = Set.of("feasibility", "integrality", "gap", "pad", "threshold");
    field.has(
        Set.of("assurance", "radius", "engine", "solver", "delta", "deltaIsRigorous", "tolerances"),
        Set.of());
    field.get("tolerances").has(names, Set.of());
    boolean exact =
        names.stream()
            .filter(name -> field.get("tolerances").get(name).rational().signum() != 0)
            .findAny()
            .isEmpty();
    BigFraction delta = field.get("delta").rational();
    boolean all = field.get("deltaIsRigorous").flag() || delta.signum() == 0;
    String on =
        field.get("engine").text()
            + " ("
            + field.get("solver").text()
            + ")"
            + (exact ? "" : " and its tolerances")
            + (all ? "" : ", leaves out collisions of less than " + Numbers.nearest(delta));
    return new Certificate.Trusted(field.get("radius").rational(), on);
  }

  private static Certificate.Upper upper(Field field, String norm) {
    String radius = norm.equals("2") ? "radiusSquared" : "radius";
    field.has(Set.of(radius, "p", "pPrime", "u", "uPrime"), Set.of());
    return new Certificate.Upper(
        field.get(radius).rational(),
        field.get("p").list(Field::rational),
        field.get("pPrime").list(Field::rational),
        field.get("u").list(Field::rational),
        field.get("uPrime").list(Field::rational));
  }
}
