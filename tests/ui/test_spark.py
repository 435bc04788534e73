from tenure.ui.spark import spark


def test_it_draws_a_line_with_gaps_and_a_dot_at_the_latest_value():
    text = spark([None, 0, 10, None, 5])
    assert text.count("M") == 2
    assert 'd="M22.5 19.0L42.0 3.0M81.0 11.0"' in text
    assert '<circle cx="81.0" cy="11.0" r="2"/>' in text


def test_it_draws_a_flat_line_in_the_middle():
    assert 'd="M3.0 11.0L81.0 11.0"' in spark([7, 7])


def test_it_draws_nothing_when_nothing_is_known():
    assert spark([None, None]) == ""
    assert spark([]) == ""
