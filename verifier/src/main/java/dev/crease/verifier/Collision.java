package dev.crease.verifier;

import dev.crease.verifier.Subject.Vertex;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.hipparchus.fraction.BigFraction;

/** The upper end of a certificate: pairs that collide, as near to the radius as one likes. */
final class Collision {

  private final Certificate certificate;

  Collision(Certificate certificate) {
    this.certificate = certificate;
  }

  void check(Subject subject, Certificate.Upper upper) {
    Map<String, List<BigFraction>> points = new TreeMap<>();
    points.put("p", upper.p());
    points.put("pPrime", upper.pPrime());
    points.put("u", upper.u());
    points.put("uPrime", upper.uPrime());
    points.forEach(this::checkShape);
    checkPair("p", upper.p(), upper.pPrime());
    checkPair("u", upper.u(), upper.uPrime());
    Vertex p = subject.at(Subject.homogeneous(upper.p()));
    Vertex pPrime = subject.at(Subject.homogeneous(upper.pPrime()));
    Vertex u = subject.at(Subject.homogeneous(upper.u()));
    Vertex uPrime = subject.at(Subject.homogeneous(upper.uPrime()));
    if (!Subject.isAffineOn(List.of(p, u))) {
      throw new Refusal("upper: p and u lie on two sides of a neuron's kink");
    }
    if (!Subject.isAffineOn(List.of(pPrime, uPrime))) {
      throw new Refusal("upper: pPrime and uPrime lie on two sides of a neuron's kink");
    }
    if (certificate.noise.isPresent()) {
      checkNoise(certificate.noise.get(), p, pPrime, u, uPrime);
    } else {
      checkEqual(p, pPrime, u, uPrime);
    }
    BigFraction distance = max(distance(upper.p()), distance(upper.pPrime()));
    if (distance.compareTo(upper.radius()) != 0) {
      throw new Refusal("upper.radius is not the distance of p and pPrime from the centre");
    }
  }

  private static void checkEqual(Vertex p, Vertex pPrime, Vertex u, Vertex uPrime) {
    if (!same(p.y(), pPrime.y())) {
      throw new Refusal("upper: p and pPrime have different outputs");
    }
    if (!same(u.y(), uPrime.y())) {
      throw new Refusal("upper: u and uPrime have different outputs");
    }
    if (same(u.z(), uPrime.z())) {
      throw new Refusal("upper: u and uPrime do not differ in what is to be determined");
    }
  }

  /**
   * On the way from {@code p, p'} to {@code u, u'} outputs differ by no more than at an end, since
   * a norm is convex; and what they determine by more than is allowed, since a part of that norm, a
   * linear function, does: by as much at the one end, and by more at the other.
   */
  private void checkNoise(
      Certificate.Noise noise, Vertex p, Vertex pPrime, Vertex u, Vertex uPrime) {
    for (BigFraction[] outputs :
        List.of(difference(p.y(), pPrime.y()), difference(u.y(), uPrime.y()))) {
      if (size(outputs).compareTo(noise.eps()) > 0) {
        throw new Refusal("upper: outputs differ by more than the noise");
      }
    }
    BigFraction[] first = determined(p, pPrime);
    BigFraction[] second = determined(u, uPrime);
    BigFraction atFirst = BigFraction.ZERO;
    if (certificate.norm.equals("1")) {
      for (int i = 0; i < first.length; i++) {
        atFirst = second[i].signum() < 0 ? atFirst.subtract(first[i]) : atFirst.add(first[i]);
      }
    } else {
      for (int i = 0; i < first.length; i++) {
        if (second[i].abs().compareTo(noise.within()) > 0) {
          atFirst = max(atFirst, second[i].signum() < 0 ? first[i].negate() : first[i]);
        }
      }
    }
    if (size(second).compareTo(noise.within()) <= 0 || atFirst.compareTo(noise.within()) < 0) {
      throw new Refusal("upper: the points do not differ by more than is allowed");
    }
  }

  /** What is determined: of the point itself the inputs that are not shared. */
  private BigFraction[] determined(Vertex a, Vertex b) {
    BigFraction[] all = difference(a.z(), b.z());
    return certificate.hasOther()
        ? all
        : IntStream.range(0, all.length)
            .filter(i -> !certificate.shared.containsKey(i))
            .mapToObj(i -> all[i])
            .toArray(BigFraction[]::new);
  }

  /** Of points in homogeneous coordinates. */
  private static BigFraction[] difference(BigInteger[] a, BigInteger[] b) {
    BigFraction[] difference = new BigFraction[a.length - 1];
    for (int k = 1; k < a.length; k++) {
      difference[k - 1] = new BigFraction(a[k], a[0]).subtract(new BigFraction(b[k], b[0]));
    }
    return difference;
  }

  /** In the norm of noise: that of the ball, and inf for norm 2. */
  private BigFraction size(BigFraction[] difference) {
    BigFraction size = BigFraction.ZERO;
    for (BigFraction d : difference) {
      size = certificate.norm.equals("1") ? size.add(d.abs()) : max(size, d.abs());
    }
    return size;
  }

  private void checkShape(String name, List<BigFraction> point) {
    int inputs = certificate.center.size() + certificate.shared.size();
    if (point.size() != inputs) {
      throw new Refusal("upper." + name + " does not have " + inputs + " coordinates");
    }
    certificate.shared.forEach(
        (i, bounds) -> {
          if (point.get(i).compareTo(bounds.lower()) < 0
              || point.get(i).compareTo(bounds.upper()) > 0) {
            throw new Refusal(
                "upper." + name + " has the shared input " + i + " outside its interval");
          }
        });
    int next = 0;
    for (int i = 0; i < inputs && certificate.domain.isPresent(); i++) {
      if (!certificate.shared.containsKey(i)) {
        Certificate.Bounds side = certificate.side(next++);
        if (point.get(i).compareTo(side.lower()) < 0 || point.get(i).compareTo(side.upper()) > 0) {
          throw new Refusal("upper." + name + " lies outside the domain");
        }
      }
    }
    if (certificate.problem.equals("pseudo")
        && name.endsWith("Prime")
        && distance(point).signum() != 0) {
      throw new Refusal("upper." + name + " is not the centre");
    }
  }

  private void checkPair(String name, List<BigFraction> x, List<BigFraction> xPrime) {
    for (int i : certificate.shared.keySet()) {
      if (x.get(i).compareTo(xPrime.get(i)) != 0) {
        throw new Refusal(
            "upper." + name + " and " + name + "Prime differ in the shared input " + i);
      }
    }
  }

  /** Whether two points in homogeneous coordinates are the same. */
  private static boolean same(BigInteger[] a, BigInteger[] b) {
    for (int k = 1; k < a.length; k++) {
      if (Sweep.compare(a, b, k) != 0) {
        return false;
      }
    }
    return true;
  }

  private static BigFraction max(BigFraction a, BigFraction b) {
    return a.compareTo(b) < 0 ? b : a;
  }

  /** The distance from the centre over the inputs that are not shared; squared for the norm 2. */
  private BigFraction distance(List<BigFraction> x) {
    BigFraction distance = BigFraction.ZERO;
    int next = 0;
    for (int i = 0; i < x.size(); i++) {
      if (!certificate.shared.containsKey(i)) {
        BigFraction size = x.get(i).subtract(certificate.origin().get(next++)).abs();
        distance =
            switch (certificate.norm) {
              case "inf" -> max(distance, size);
              case "1" -> distance.add(size);
              default -> distance.add(size.multiply(size));
            };
      }
    }
    return distance;
  }
}
