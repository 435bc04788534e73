from tenure.people.models import Member


def test_it_saves_name_language_and_theme(client, bob):
    client.force_login(bob)
    client.post("/preferences/", {"name": "Robert", "language": "zh-hans", "theme": "dark"})
    bob.refresh_from_db()
    assert (bob.name, bob.language, bob.theme) == ("Robert", "zh-hans", "dark")
    assert 'lang="zh-hans" data-wish="dark"' in client.get("/preferences/").content.decode()


def test_it_refuses_a_theme_it_does_not_have(client, bob):
    client.force_login(bob)
    assert client.post("/preferences/", {"name": "Bob", "language": "en", "theme": "pink"}).status_code == 422
    assert client.post("/preferences/theme/", {"theme": "pink"}).status_code == 404


def test_it_changes_nothing_of_the_role(client, bob):
    client.force_login(bob)
    client.post("/preferences/", {"name": "Bob", "language": "en", "theme": "auto", "role": "owner", "email": "x@y.z"})
    assert Member.objects.get(pk=bob.pk).role == "csm"
    assert Member.objects.get(pk=bob.pk).email == "bob@example.com"


def test_it_switches_the_language_for_good_and_goes_back(client, bob):
    client.force_login(bob)
    response = client.post("/preferences/language/", {"language": "zh-hans", "next": "/preferences/?a=1"})
    assert response["Location"] == "/preferences/?a=1"
    assert Member.objects.get(pk=bob.pk).language == "zh-hans"
    assert client.post("/preferences/language/", {"language": "en", "next": "//evil.example"})["Location"] == "/"
    assert client.post("/preferences/language/", {"language": "fr"}).status_code == 404


def test_it_lets_a_stranger_read_the_login_page_in_chinese(client, bob):
    assert "Sign in" in client.get("/login/").content.decode()
    client.post("/preferences/language/", {"language": "zh-hans", "next": "/login/"})
    assert "登录" in client.get("/login/").content.decode()


def test_it_takes_the_browsers_language_before_one_was_chosen(client, bob):
    assert "登录" in client.get("/login/", headers={"Accept-Language": "zh-CN,zh;q=0.9"}).content.decode()
