package io.patrolagent.embedded.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CustomerNamesTest {

  @Test
  void noTwoCompaniesHaveTheSameNameHoweverManyThereAre() {
    // given
    CustomerNames names = new CustomerNames(new SplittableRandom(7));

    // when
    List<String> many = IntStream.range(0, 100_000).mapToObj(names::name).toList();

    // then
    assertThat(new HashSet<>(many)).hasSize(100_000);
  }

  @Test
  void clustersAreNamedAfterTheCompany() {
    // given
    CustomerNames names = new CustomerNames(new SplittableRandom(7));

    // then
    for (int i = 0; i < 100; i++) {
      assertThat(names.name(i)).startsWithIgnoringCase(names.slug(i) + " ");
    }
  }
}
