package dev.crease.verifier.vipr;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hipparchus.fraction.BigFraction;

/** Checks VIPR 1.1 files, as the format's description says: lines of asm, lin and uns. */
public final class ViprCheck {

  /** Why a file is no proof. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String why) {
      super(why);
    }
  }

  /** A constraint; its sense is 1 for at least, -1 for at most, 0 for equal. */
  record Constraint(
      Map<Integer, BigFraction> terms, int sense, BigFraction rhs, Set<Integer> assumptions) {

    BigFraction at(Map<Integer, BigFraction> point) {
      BigFraction value = BigFraction.ZERO;
      for (Map.Entry<Integer, BigFraction> term : terms.entrySet()) {
        BigFraction v = point.getOrDefault(term.getKey(), BigFraction.ZERO);
        value = value.add(v.multiply(term.getValue()));
      }
      return value.subtract(rhs);
    }

    boolean holdsAt(Map<Integer, BigFraction> point) {
      int sign = at(point).signum();
      return sense == 0 ? sign == 0 : sign * sense >= 0;
    }

    boolean dominates(Constraint other) {
      if (terms.isEmpty() && (sense == 0 ? rhs.signum() != 0 : sense * rhs.signum() > 0)) {
        return true;
      }
      int more = rhs.compareTo(other.rhs);
      return terms.equals(other.terms)
          && (other.sense == 0 ? sense == 0 && more == 0 : sense * other.sense >= 0)
          && more * other.sense >= 0;
    }
  }

  final List<String> variables = new ArrayList<>();
  final List<Constraint> rows = new ArrayList<>();
  int problem;
  private final Set<Integer> integers = new HashSet<>();
  private final Iterator<String> tokens;
  private Map<Integer, BigFraction> objective = Map.of();

  private ViprCheck(String text) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    lines.removeIf(line -> line.startsWith("%"));
    tokens = Arrays.asList(String.join(" ", lines).trim().split("\\s+")).iterator();
  }

  /** What is in a file that proves what it says. */
  public static ViprCheck check(String text) {
    ViprCheck check = new ViprCheck(text);
    check.run();
    return check;
  }

  private static void require(boolean condition, String why) {
    if (!condition) {
      throw new Refused(why);
    }
  }

  private void expect(String token) {
    String found = next();
    require(found.equals(token), found + " instead of " + token);
  }

  private String next() {
    require(tokens.hasNext(), "ends");
    return tokens.next();
  }

  private int integer() {
    return Integer.parseInt(next());
  }

  private static BigFraction fraction(String token) {
    String[] parts = token.split("/");
    BigInteger under = parts.length > 1 ? new BigInteger(parts[1]) : BigInteger.ONE;
    BigFraction value = new BigFraction(new BigInteger(parts[0]), under);
    require(under.equals(value.getDenominator()), token + " is not in lowest terms");
    return value;
  }

  private Map<Integer, BigFraction> terms(int most) {
    Map<Integer, BigFraction> terms = new TreeMap<>();
    for (int count = integer(); count > 0; count--) {
      int id = integer();
      require(id >= 0 && id < most, "no " + id + " of " + most);
      require(terms.put(id, fraction(next())) == null, id + " twice");
    }
    terms.values().removeIf(value -> value.signum() == 0);
    return terms;
  }

  private Constraint constraint(Set<String> names) {
    require(names.add(next()), "a name twice");
    int sense = "LEG".indexOf(next()) - 1;
    BigFraction rhs = fraction(next());
    return new Constraint(terms(variables.size()), sense, rhs, Set.of());
  }

  private void run() {
    expect("VER");
    expect("1.1");
    expect("VAR");
    for (int count = integer(); count > 0; count--) {
      variables.add(next());
    }
    require(new HashSet<>(variables).size() == variables.size(), "a variable twice");
    expect("INT");
    for (int count = integer(); count > 0; count--) {
      integers.add(integer());
    }
    expect("OBJ");
    expect("max");
    objective = terms(variables.size());
    expect("CON");
    problem = integer();
    int bounds = integer();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < problem; i++) {
      rows.add(constraint(names));
      require(i >= bounds || rows.get(i).terms.size() == 1, "no bound");
    }
    expect("RTP");
    expect("range");
    BigFraction least = fraction(next());
    BigFraction most = fraction(next());
    expect("SOL");
    expect("1");
    next();
    solution(terms(variables.size()), least);
    expect("DER");
    for (int count = integer(); count > 0; count--) {
      Constraint stated = constraint(names);
      expect("{");
      Constraint derived = derived(next(), stated);
      expect("}");
      expect("-1");
      rows.add(new Constraint(stated.terms, stated.sense, stated.rhs, derived.assumptions));
    }
    require(!tokens.hasNext(), "goes on");
    Constraint last = rows.get(rows.size() - 1);
    require(last.assumptions.isEmpty(), "assumptions are left");
    require(last.dominates(new Constraint(objective, -1, most, Set.of())), "proves something else");
  }

  private void solution(Map<Integer, BigFraction> point, BigFraction least) {
    for (int i : integers) {
      require(
          point.getOrDefault(i, BigFraction.ZERO).getDenominator().equals(BigInteger.ONE),
          "a fraction");
    }
    for (Constraint row : rows) {
      require(row.holdsAt(point), "no solution");
    }
    Constraint value = new Constraint(objective, 1, least, Set.of());
    require(value.holdsAt(point), "not as good");
  }

  private Constraint derived(String reason, Constraint stated) {
    return switch (reason) {
      case "asm" -> new Constraint(stated.terms, stated.sense, stated.rhs, Set.of(rows.size()));
      case "lin" -> {
        Constraint sum = sum(terms(rows.size()));
        require(sum.dominates(stated), "row " + rows.size() + " does not follow");
        yield sum;
      }
      case "uns" -> unsplit(stated);
      default -> throw new Refused(reason);
    };
  }

  private Constraint sum(Map<Integer, BigFraction> multipliers) {
    Map<Integer, BigFraction> terms = new TreeMap<>();
    Set<Integer> assumptions = new TreeSet<>();
    BigFraction rhs = BigFraction.ZERO;
    int sense = 0;
    for (Map.Entry<Integer, BigFraction> multiplier : multipliers.entrySet()) {
      Constraint row = rows.get(multiplier.getKey());
      int sign = row.sense * multiplier.getValue().signum();
      require(sign * sense >= 0, "row " + rows.size() + " mixes senses");
      sense = sense == 0 ? sign : sense;
      row.terms.forEach(
          (id, c) -> terms.merge(id, c.multiply(multiplier.getValue()), BigFraction::add));
      rhs = rhs.add(row.rhs.multiply(multiplier.getValue()));
      assumptions.addAll(row.assumptions);
    }
    terms.values().removeIf(value -> value.signum() == 0);
    return new Constraint(terms, sense, rhs, assumptions);
  }

  private Constraint unsplit(Constraint stated) {
    Set<Integer> assumptions = new TreeSet<>();
    Constraint[] cases = new Constraint[2];
    for (int i = 0; i < 2; i++) {
      Constraint row = row();
      int assumed = integer();
      cases[i] = rows.get(assumed);
      require(row.dominates(stated), "row " + rows.size() + " does not follow in both cases");
      Set<Integer> left = new TreeSet<>(row.assumptions);
      left.remove(assumed);
      assumptions.addAll(left);
    }
    Constraint most = cases[cases[0].sense < 0 ? 0 : 1];
    Constraint least = cases[cases[0].sense < 0 ? 1 : 0];
    require(
        most.sense < 0
            && least.sense > 0
            && most.terms.equals(least.terms)
            && most.rhs.add(1).equals(least.rhs)
            && most.rhs.getDenominator().equals(BigInteger.ONE)
            && integers.containsAll(most.terms.keySet())
            && most.terms.values().stream()
                .allMatch(c -> c.getDenominator().equals(BigInteger.ONE)),
        "row " + rows.size() + " is of no two cases");
    return new Constraint(stated.terms, stated.sense, stated.rhs, assumptions);
  }

  private Constraint row() {
    int index = integer();
    require(index >= 0 && index < rows.size(), "no row " + index);
    return rows.get(index);
  }
}
