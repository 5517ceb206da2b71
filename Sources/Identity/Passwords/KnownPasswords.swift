/// Passwords that everybody tries first, of eight characters and more, in lower case; shorter ones are refused anyway.
enum KnownPasswords {
    private static let list: Set<Substring> = Set(
        """
        password password1 password12 password123 password1234 passw0rd p@ssw0rd p@ssword p@ssword1 pa$$word pa$$w0rd
        passwort passwort1 passwords mypassword yourpassword thepassword 12345678 123456789 1234567890 12345678910
        123456789a 1234567891 0123456789 0987654321 987654321 9876543210 87654321 11111111 111111111 1111111111 00000000
        000000000 0000000000 22222222 33333333 44444444 55555555 66666666 77777777 88888888 888888888 8888888888 99999999
        999999999 12341234 11223344 1122334455 12121212 123123123 123321123 123454321 12344321 147258369 159753456
        789456123 147852369 741852963 963852741 789789789 456456456 135792468 13579246 102030405 10203040 01020304
        20202020 19901990 88888888a 5201314520 52013145 13145200 1314520520 woaini1314 woaini520 woaini521 woaini123
        woaiwojia woaini1314520 aini1314 iloveyou iloveyou1 iloveyou2 iloveyou123 iloveu123 ilovegod ilovejesus
        qwertyui qwertyuiop qwerty12 qwerty123 qwerty1234 qwerty12345 qwerty123456 1qaz2wsx 1qaz2wsx3edc 1q2w3e4r
        1q2w3e4r5t 1q2w3e4r5t6y q1w2e3r4 q1w2e3r4t5 zaq12wsx zaq1zaq1 qazwsxedc qazwsx123 asdfghjk asdfghjkl asdf1234
        asdfasdf asdfqwer zxcvbnm1 zxcvbnm123 qwerasdf qweasdzxc qweqweqwe qazwsxedcrfv 1qazxsw2 aaaaaaaa aaaaaaaaa
        aaaaaaaaaa a1234567 a12345678 a123456789 a1b2c3d4 a1b2c3d4e5 aa123456 aa12345678 aa123456789 abc12345 abc123456
        abcd1234 abcd12345 abcde12345 abcdefgh abcdefghi abcdefg1 abcdef123 abc123abc 1234abcd 1234qwer 12345qwert
        123qweasd 123qwe123 123456aa 123456abc 123456qq 123456789q 123456789qq q123456789 q12345678 qq123456 qq123456789
        w123456789 z123456789 z12345678 zz123456 x123456789 admin123 admin1234 admin12345 admin123456 administrator
        adminadmin root1234 rootroot root123456 toor1234 changeme changeme1 changeme123 changeit letmein1 letmein123
        letmeinnow welcome1 welcome12 welcome123 welcome1234 welcome01 welcome2 secret123 topsecret test1234 test12345
        testtest testing1 testing123 guest123 default1 default123 login123 access14 access123 master123 superman
        superman1 batman123 spiderman starwars starwars1 pokemon1 pokemon123 minecraft minecraft1 football football1
        baseball baseball1 basketball liverpool liverpool1 chelsea1 arsenal1 manchester barcelona realmadrid sunshine
        sunshine1 princess princess1 jennifer jennifer1 michelle michelle1 charlie1 charlotte samantha elizabeth
        alexander christopher nicholas benjamin jonathan jordan23 jessica1 ashley123 michael1 daniel123 thomas123
        computer computer1 internet internet1 microsoft windows10 windows123 samsung1 whatever whatever1 trustno1
        corvette mercedes ferrari1 mustang1 hello123 hello1234 hellohello helloworld monkey123 dragon123 shadow123
        killer123 lovelove lovely123 babygirl babygirl1 butterfly butterfly1 blink182 slipknot metallica nirvana1
        maverick midnight mountain friendship friends1 forever1 chocolate chocolate1 cookie123 cheese123 summer2020
        summer2021 summer2022 summer2023 summer2024 summer2025 winter2020 winter2021 winter2022 winter2023 winter2024
        winter2025 spring2024 spring2025 autumn2024 autumn2025 january1 december1 password2020 password2021 password2022
        password2023 password2024 password2025 password2026 beijing123 beijing2008 shanghai1 shanghai123 zhongguo
        zhongguo1 zhongguo123 china123 china1234 china12345 nihao123 nihao1234 wangyang wang1234 zhang123 zhangwei
        li123456 liu123456 chen1234 chenchen yangyang xiaoxiao dongdong mingming tiantian kanghua123 caonima123
        computer123 government government1 citizen1 citizen123 chancery chancery1 chancery123
        """.split { $0 == " " || $0 == "\n" })

    static func contains(_ lowered: String) -> Bool { list.contains(lowered[...]) }
}
