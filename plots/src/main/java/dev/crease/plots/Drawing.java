package dev.crease.plots;

import dev.crease.bounds.Interval;
import dev.crease.bounds.Norm;
import dev.crease.certify.RadiusResult;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import dev.crease.question.Units;
import dev.crease.regions.Preimage;
import dev.crease.regions.Region;
import dev.crease.regions.RegionMap;
import dev.crease.witness.ExactCollision;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Area;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import org.hipparchus.fraction.BigFraction;

/** A picture with everything at its place. */
final class Drawing implements Sheet {

  private static final double SIDE = 430;
  private static final double GAP = 34;
  private static final double EDGE = 14;
  private static final double TOP = 84;
  private static final double BELOW_AXES = 62;
  private static final double ROOM_FOR_BAR = 120;
  private static final Lettering TITLE = Lettering.of(17, Lettering.Anchor.START).asBold();
  private static final Lettering SMALL_TITLE = Lettering.of(12, Lettering.Anchor.START).asBold();
  private static final double WIDEST_TITLE = 1_300;
  // Sides of more different lengths are each stretched to the whole panel.
  private static final double MOST_UNEQUAL = 1.5;
  // Compared with the image of the ball.
  private static final double AROUND_BALL = 0.7;
  private static final double SAME = 1e-9;
  private static final double SAME_PIXELS = 0.5;
  private static final int BORDER_POINTS = 2_000;
  // Points nearer than this, in pixels, look like one.
  private static final double CLOSE = 12;
  // A ball of less, in pixels, lies below the sign of its centre.
  private static final double SMALLEST = 8;
  private static final double CERTIFIED_RING = 8.5;
  private static final double CLAIMED_RING = 9.75;
  private static final double REFUTED_RING = 11;
  private static final int FEW = 1_500;
  private static final int OPACITY = 150;

  private final RadiusPicture picture;
  private final Query query;
  private final Mesh mesh;
  private final RegionScale scale;
  private final boolean square;
  private final Frame left;
  private final Optional<Frame> right;
  private final Legend legend;
  private final double width;

  private Drawing(
      RadiusPicture picture, Mesh mesh, Frame left, Optional<Frame> right, double width) {
    this.picture = picture;
    this.query = picture.result().query();
    this.mesh = mesh;
    this.scale = picture.color().scale(mesh.regions(), query);
    this.square = right.isPresent();
    this.left = left;
    this.right = right;
    this.width = width;
    this.legend = legend();
  }

  static Drawing of(RadiusPicture picture) {
    RegionMap map = picture.map();
    Interval x = map.window().sides().get(0);
    Interval y = map.window().sides().get(1);
    double across = x.upper() - x.lower();
    double up = y.upper() - y.lower();
    boolean equal = Math.max(across, up) <= MOST_UNEQUAL * Math.min(across, up);
    double w = equal ? SIDE * across / Math.max(across, up) : SIDE;
    double h = equal ? SIDE * up / Math.max(across, up) : SIDE;
    double at = EDGE + Frame.margin(y, h);
    Frame left = new Frame(new Rectangle2D.Double(at, TOP, w, h), x, y);
    double end = at + w;
    Optional<Frame> right = Optional.empty();
    ReluNetwork f = picture.result().query().units().f();
    if (f.outputs() == 2) {
      Rectangle2D shown = images(picture.result(), map.regions());
      Interval u = new Interval(shown.getMinX(), shown.getMaxX());
      Interval v = new Interval(shown.getMinY(), shown.getMaxY());
      double from = end + GAP + Frame.margin(v, h);
      right = Optional.of(new Frame(new Rectangle2D.Double(from, TOP, SIDE, h), u, v));
      end = from + SIDE + ROOM_FOR_BAR;
    } else {
      end += EDGE;
    }
    double title = 2 * EDGE + SMALL_TITLE.width(picture.labels().title());
    return new Drawing(
        picture, Mesh.of(map), left, right, Math.max(end, Math.min(title, WIDEST_TITLE)));
  }

  /**
   * What to show of the outputs: what the regions make, but not far from what the ball makes, since
   * the outputs of a window may have long tails.
   */
  private static Rectangle2D images(RadiusResult result, List<Region> regions) {
    Query query = result.query();
    Rectangle2D all = box(query.units().f().evaluate(query.units().center()));
    for (Region region : regions) {
      region.images().forEach(image -> all.add(image[0], image[1]));
    }
    Rectangle2D shown = all;
    double radius = result.refuted().orElse(result.said());
    if (radius > 0) {
      Rectangle2D ball = box(query.units().f().evaluate(query.units().center()));
      for (double[] x : Outline.finer(Outline.of(query, radius), FEW)) {
        double[] y = query.units().f().evaluate(x);
        ball.add(y[0], y[1]);
      }
      shown =
          all.createIntersection(
              spaced(ball, AROUND_BALL * ball.getWidth(), AROUND_BALL * ball.getHeight()));
    }
    double least =
        1e-6 * Math.max(1e-3, Norm.LINF.of(query.units().f().evaluate(query.units().center())));
    return spaced(
        shown, Math.max(least, 0.03 * shown.getWidth()), Math.max(least, 0.03 * shown.getHeight()));
  }

  private static Rectangle2D box(double[] point) {
    return new Rectangle2D.Double(point[0], point[1], 0, 0);
  }

  private static Rectangle2D spaced(Rectangle2D box, double x, double y) {
    return new Rectangle2D.Double(
        box.getX() - x, box.getY() - y, box.getWidth() + 2 * x, box.getHeight() + 2 * y);
  }

  @Override
  public double width() {
    return width;
  }

  @Override
  public double height() {
    return legendTop() + legend.height(legendWidth()) + EDGE;
  }

  private double legendTop() {
    return left.box().getMaxY() + BELOW_AXES;
  }

  private double legendWidth() {
    return width - 2 * EDGE;
  }

  @Override
  public void draw(Canvas canvas) {
    canvas.fill(new Rectangle2D.Double(0, 0, width, height()), Color.WHITE);
    canvas.group("words", () -> words(canvas));
    canvas.group(
        "inputs",
        () -> {
          canvas.clip(left.box(), () -> inputs(canvas));
          left.axes(canvas, picture.labels().inputs().get(0), picture.labels().inputs().get(1));
          canvas.group("points", () -> points(canvas));
        });
    right.ifPresent(
        frame -> {
          canvas.group(
              "outputs",
              () -> {
                canvas.clip(frame.box(), () -> outputs(canvas, frame));
                List<String> names = picture.labels().outputs();
                frame.axes(canvas, names.get(0), names.get(1));
                canvas.group("image-points", () -> imagePoints(canvas, frame));
              });
          canvas.group("scale", () -> scale.bar(canvas, frame.box()));
        });
    canvas.group("legend", () -> legend.draw(canvas, EDGE, legendTop(), legendWidth()));
  }

  private void words(Canvas canvas) {
    String title = picture.labels().title();
    double room = width - 2 * EDGE;
    double size = TITLE.size() * Math.min(1, room / TITLE.width(title));
    Lettering fitting =
        Lettering.of(Math.max(SMALL_TITLE.size(), size), Lettering.Anchor.START).asBold();
    canvas.text(title, EDGE, 26, fitting);
    int count = mesh.regions().size();
    String counted =
        String.format(Locale.ROOT, "%,d linear region%s", count, count == 1 ? "" : "s");
    String regions =
        picture.map().complete()
            ? counted
            : "incomplete: only " + counted + (count == 1 ? " is drawn" : " are drawn");
    regions += scale.explanation();
    if (query.g().isPresent()) {
      regions +=
          (square ? "; " + scale.name() + " and outputs are those of " : ", of ")
              + query.f().name();
    }
    canvas.text(regions, EDGE, 47, Lettering.of(13, Lettering.Anchor.START));
    Lettering heading = Lettering.of(13, Lettering.Anchor.MIDDLE).asBold();
    canvas.text(
        square ? "inputs" : "inputs, in linear regions",
        left.box().getCenterX(),
        TOP - 10,
        heading);
    right.ifPresent(
        frame ->
            canvas.text(
                "outputs: sheets that overlap share outputs",
                frame.box().getCenterX(),
                TOP - 10,
                heading));
  }

  private void inputs(Canvas canvas) {
    canvas.group("regions", () -> fill(canvas));
    Style.border(mesh.regions().size())
        .ifPresent(
            pen ->
                canvas.group(
                    "borders",
                    () -> canvas.stroke(lines(left, mesh.inner(), Region::vertices), pen)));
    if (!mesh.folds().isEmpty()) {
      canvas.group(
          "folds", () -> canvas.stroke(lines(left, mesh.folds(), Region::vertices), Style.FOLD));
    }
    outside().ifPresent(area -> canvas.group("outside", () -> canvas.fill(area, Style.OUTSIDE)));
    canvas.group("balls", () -> balls(canvas));
    canvas.group("sets", () -> sets(canvas));
  }

  /** What is shown of the inputs outside the domain, where there is one. */
  private Optional<Shape> outside() {
    return query
        .domain()
        .map(
            box -> {
              double x = left.px(box.get(0).lower());
              double y = left.py(box.get(1).upper());
              double w = left.px(box.get(0).upper()) - x;
              double h = left.py(box.get(1).lower()) - y;
              Area area = new Area(left.box());
              area.subtract(new Area(new Rectangle2D.Double(x, y, w, h)));
              return area;
            });
  }

  private void fill(Canvas canvas) {
    Map<Integer, Path2D> shades = new TreeMap<>();
    for (Region region : mesh.regions()) {
      Path2D path = shades.computeIfAbsent(scale.shade(region), s -> new Path2D.Double());
      left.add(path, region.vertices(), true);
    }
    shades.forEach(
        (shade, path) -> {
          Color color = square ? scale.color(shade) : DeterminantScale.PLAIN;
          canvas.fillWithRim(path, color, 0.6);
        });
  }

  private Path2D lines(
      Frame frame, List<Mesh.Facet> facets, Function<Region, List<double[]>> corners) {
    Path2D path = new Path2D.Double();
    for (Mesh.Facet facet : facets) {
      List<double[]> points = corners.apply(mesh.regions().get(facet.region()));
      frame.add(path, List.of(points.get(facet.from()), points.get(facet.to())), false);
    }
    return path;
  }

  private void balls(Canvas canvas) {
    double certified = picture.result().certified();
    if (certified > 0) {
      outlined(canvas, shown(certified, CERTIFIED_RING), Style.CERTIFIED);
    }
    picture
        .result()
        .claimed()
        .ifPresent(c -> outlined(canvas, shown(c.radius(), CLAIMED_RING), Style.CLAIMED));
    picture.result().refuted().ifPresent(r -> canvas.stroke(shown(r, REFUTED_RING), Style.REFUTED));
  }

  /** The border of a ball; a ring in place of one that the sign of the centre would hide. */
  private Shape shown(double radius, double ring) {
    double[] c = query.units().center();
    return isSmall(radius)
        ? Marks.ring(left.px(c[0]), left.py(c[1]), ring)
        : left.path(ball(radius), true);
  }

  private List<double[]> ball(double radius) {
    return Outline.of(query, radius);
  }

  /** Whether the sign of the centre hides a ball. */
  private boolean isSmall(double radius) {
    double[] c = query.units().center();
    double[] s = query.units().scale();
    double x = left.px(c[0] + radius * s[0]) - left.px(c[0]);
    double y = left.py(c[1]) - left.py(c[1] + radius * s[1]);
    return Math.min(x, y) < SMALLEST;
  }

  /** Whether something of the border of a ball is in the picture. */
  private boolean isSeen(double radius) {
    return isSmall(radius)
        ? left.shows(query.units().center())
        : Outline.finer(ball(radius), BORDER_POINTS).stream().anyMatch(left::shows);
  }

  private static void outlined(Canvas canvas, Shape path, Pen pen) {
    canvas.stroke(path, Style.HALO);
    canvas.stroke(path, pen);
  }

  private void sets(Canvas canvas) {
    pair().ifPresent(p -> outlined(canvas, left.path(List.of(p[0], p[1]), false), Style.PAIR));
    List<Preimage> sets = picture.preimages().stream().filter(p -> !p.isPoint()).toList();
    if (!sets.isEmpty()) {
      Marks.sets(canvas, left, sets);
    }
  }

  private void points(Canvas canvas) {
    Names names = new Names(canvas, left);
    others().forEach(point -> names.sign(Marks::preimage, point));
    Optional<double[][]> pair = pair();
    pair.ifPresent(p -> names.sign(Marks::witness, p[0]));
    boolean two =
        pair.isPresent()
            && !query.isPinned()
            && pixels(left, pair.get()[0], pair.get()[1]) >= CLOSE;
    if (two) {
      names.sign(Marks::witness, pair.get()[1]);
    }
    names.sign(Marks::center, query.units().center());
    names.name("c", query.units().center(), true);
    pair.ifPresent(p -> names.name(two || query.isPinned() ? "x" : "x, x'", p[0], false));
    if (two) {
      names.name("x'", pair.get()[1], false);
    }
  }

  /** The preimages that are points and have no other sign. */
  private List<double[]> others() {
    return picture.preimages().stream()
        .filter(Preimage::isPoint)
        .map(Preimage::point)
        .filter(point -> !isCenter(point))
        .filter(
            point ->
                pair().stream()
                    .flatMap(Arrays::stream)
                    .noneMatch(x -> pixels(left, x, point) < SAME_PIXELS))
        .toList();
  }

  private static double pixels(Frame frame, double[] a, double[] b) {
    return Math.hypot(frame.px(a[0]) - frame.px(b[0]), frame.py(a[1]) - frame.py(b[1]));
  }

  private boolean isCenter(double[] point) {
    double size =
        Math.max(left.x().upper() - left.x().lower(), left.y().upper() - left.y().lower());
    return Norm.LINF.distance(point, query.units().center()) <= SAME * size;
  }

  /** The two points of the collision that is known, if one is. */
  private Optional<double[][]> pair() {
    RadiusResult result = picture.result();
    if (result.witness().isPresent()) {
      Units units = query.units();
      return result
          .witness()
          .map(w -> new double[][] {units.point(w.x()), units.point(w.xPrime())});
    }
    return result.evidence().collision().map(c -> pair(c.in(query.units())));
  }

  private static double[][] pair(ExactCollision collision) {
    return new double[][] {rounded(collision.p()), rounded(collision.pPrime())};
  }

  private static double[] rounded(List<BigFraction> point) {
    return point.stream().mapToDouble(BigFraction::doubleValue).toArray();
  }

  private void outputs(Canvas canvas, Frame frame) {
    canvas.group("images", () -> images(canvas, frame));
    if (mesh.regions().size() <= FEW) {
      Style.border(mesh.regions().size())
          .ifPresent(
              pen ->
                  canvas.group(
                      "image-borders",
                      () -> canvas.stroke(lines(frame, mesh.inner(), Region::images), pen)));
    }
    if (!mesh.folds().isEmpty()) {
      canvas.group(
          "image-folds",
          () -> canvas.stroke(lines(frame, mesh.folds(), Region::images), Style.FOLD));
    }
    double certified = picture.result().certified();
    if (certified > 0) {
      canvas.group(
          "image-ball", () -> outlined(canvas, imageOfBall(frame, certified), Style.CERTIFIED));
    }
  }

  private void imagePoints(Canvas canvas, Frame frame) {
    Names names = new Names(canvas, frame);
    Optional<double[]> shared =
        pair().filter(p -> !query.isPinned()).map(p -> query.units().f().evaluate(p[0]));
    shared.ifPresent(y -> names.sign(Marks::witness, y));
    double[] y = query.units().f().evaluate(query.units().center());
    names.sign(Marks::center, y);
    names.name(query.isPinned() && pair().isPresent() ? "f(c) = f(x)" : "f(c)", y, true);
    shared.ifPresent(
        both -> names.name(query.noise().isNone() ? "f(x) = f(x')" : "f(x)", both, false));
  }

  /** A shape for each sheet and shade; smaller sheets lie on larger ones. */
  private void images(Canvas canvas, Frame frame) {
    Map<Integer, Map<Integer, Path2D>> sheets = new LinkedHashMap<>();
    for (int r : mesh.bySheet()) {
      Region region = mesh.regions().get(r);
      int shade = scale.shade(region);
      if (shade != 0) {
        Path2D path =
            sheets
                .computeIfAbsent(mesh.sheet(r), s -> new TreeMap<>())
                .computeIfAbsent(shade, s -> new Path2D.Double());
        frame.add(path, region.images(), true);
      }
    }
    for (Map<Integer, Path2D> sheet : sheets.values()) {
      sheet.forEach(
          (shade, path) -> {
            Color color = scale.color(shade);
            canvas.fill(
                path, new Color(color.getRed(), color.getGreen(), color.getBlue(), OPACITY));
          });
    }
  }

  private Path2D imageOfBall(Frame frame, double radius) {
    List<double[]> image =
        Outline.finer(ball(radius), BORDER_POINTS).stream()
            .map(query.f()::evaluate)
            .map(y -> new double[] {frame.px(y[0]), frame.py(y[1])})
            .toList();
    Path2D path = new Path2D.Double();
    List<double[]> kept = Outline.coarser(image, 0.05);
    for (int i = 0; i < kept.size(); i++) {
      if (i == 0) {
        path.moveTo(kept.get(i)[0], kept.get(i)[1]);
      } else {
        path.lineTo(kept.get(i)[0], kept.get(i)[1]);
      }
    }
    path.closePath();
    return path;
  }

  private Legend.Sign line(double radius, Pen pen, double ring) {
    return isSmall(radius)
        ? (canvas, x, y) -> canvas.stroke(Marks.ring(x, y, ring), pen)
        : Legend.line(pen);
  }

  /** Whether a point of the collision is drawn as one. */
  private boolean isSign(double[] point) {
    return left.shows(point) && !(query.isPinned() && isCenter(point));
  }

  private Legend legend() {
    Legend entries = new Legend();
    RadiusResult result = picture.result();
    if (left.shows(query.units().center())) {
      entries.add(Marks::center, "centre c");
    }
    double certified = result.certified();
    boolean small = false;
    if (certified > 0 && isSeen(certified)) {
      small = isSmall(certified);
      String radius =
          result.holdsEverywhere()
              ? Ticks.label(certified)
              : Ticks.label(certified, RoundingMode.FLOOR);
      entries.add(line(certified, Style.CERTIFIED, CERTIFIED_RING), "certified r = " + radius);
    }
    if (result.claimed().isPresent() && isSeen(result.said())) {
      double r = result.said();
      small |= isSmall(r);
      entries.add(
          line(r, Style.CLAIMED, CLAIMED_RING),
          "claimed r = "
              + (r >= query.maxRadius() ? Ticks.label(r) : Ticks.label(r, RoundingMode.FLOOR))
              + ", not proved");
    }
    OptionalDouble refuted = result.refuted();
    if (refuted.isPresent() && isSeen(refuted.getAsDouble())) {
      double r = refuted.getAsDouble();
      small |= isSmall(r);
      entries.add(
          line(r, Style.REFUTED, REFUTED_RING),
          "refuted r = " + Ticks.label(r, RoundingMode.CEILING));
    }
    if (small) {
      entries.add((canvas, x, y) -> {}, "(a ring: too small to draw)");
    }
    if (pair().stream().flatMap(Arrays::stream).anyMatch(this::isSign)) {
      entries.add(
          Marks::witness,
          query.isPinned()
              ? "x with f(x) = f(c)"
              : query.noise().isNone() ? "collision f(x) = f(x')" : "pair that noise confuses");
    }
    if (outside().isPresent()) {
      entries.add(Legend.area(Style.OUTSIDE), "outside the domain");
    }
    if (!mesh.folds().isEmpty()) {
      entries.add(Legend.line(Style.FOLD), "fold J\u2080, where det J changes sign");
    }
    if (others().stream().anyMatch(left::shows)) {
      entries.add(Marks::preimage, "other preimages of f(c)");
    }
    if (picture.preimages().stream().anyMatch(p -> !p.isPoint())) {
      entries.add(Legend.line(Style.SET), "inputs with the output f(c)");
    }
    if (square && mesh.regions().stream().anyMatch(r -> r.sign() == 0)) {
      entries.add(Legend.area(RegionScale.SINGULAR), scale.singular());
    }
    return entries;
  }
}
